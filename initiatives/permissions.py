"""The permissions that several parts of the desk ask for, by their full names.

Migrations say which roles have them.
"""

WORKS_ON_REPORT = "initiatives.view_revision"
MAY_PUBLISH = "initiatives.publish_report"
SEES_RELEASES = "initiatives.view_release"
