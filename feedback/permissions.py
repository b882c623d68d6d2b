"""The permissions that several parts of the inbox ask for. Migrations say which roles have them."""

VIEW = "feedback.view_comment"


CHANGE = "feedback.change_comment"
