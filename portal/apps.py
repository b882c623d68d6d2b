from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        """Log the staff's sign-ins."""
        from portal import staff_log  # noqa: PLC0415 - it needs the apps to be there

        staff_log.listen_to_sign_ins()


class PortalAdminConfig(AdminConfig):
    default_site = "portal.desk_site.DeskSite"
