"""The stock admin, with the pages of the desk that belong to no model named beside the models, on every
page.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.urls import path, reverse


@dataclass(frozen=True)
class DeskPage:
    """A page of the desk: what links call it, the name of its address with what it takes, and the permission
    it needs.

    An empty permission means an administrator.
    """

    words: str
    url_name: str
    permission: str
    args: tuple[str, ...] = ()


class DeskSite(AdminSite):
    """The admin. An app adds to both lists as it loads.

    `desk_routes` are the addresses below /admin/desk/: route, view and name, each for staff alone.
    `desk_pages` are listed in their order, before the models.
    """

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.desk_routes: list[tuple[str, Any, str]] = []
        self.desk_pages: list[DeskPage] = []

    def get_urls(self) -> list[Any]:
        """Return the desk's addresses before the stock ones, which end in one for everything else.

        Without the one that leads from any row of any table to its page: no row of ours says its page in that
        way, and it fails for a key of another sort.
        """
        own = [
            path(f"desk/{route}", self.admin_view(view), name=name) for route, view, name in self.desk_routes
        ]
        return [*own, *(one for one in super().get_urls() if getattr(one, "name", "") != "view_on_site")]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """Return what the sidebar and the first page list: the desk's pages that the person may open, then
        the models.
        """
        apps = super().get_app_list(request, app_label)
        pages = [] if app_label else [page for page in self.desk_pages if may_open(request.user, page)]
        return [self.desk(pages), *apps] if pages else apps

    def path_of(self, page: DeskPage) -> str:
        """Return the path of a page of the desk."""
        return reverse(f"admin:{page.url_name}", args=page.args, current_app=self.name)

    def desk(self, pages: list[DeskPage]) -> dict[str, Any]:
        """Return the desk's pages in the form that the stock admin has for an app and its models."""
        return {
            "name": "Desk",
            "app_label": "desk",
            "app_url": self.path_of(pages[0]),
            "has_module_perms": True,
            "models": [
                {
                    "name": page.words,
                    "object_name": page.url_name,
                    "admin_url": self.path_of(page),
                    "add_url": None,
                    "view_only": True,
                }
                for page in pages
            ],
        }


def may_open(user: Any, page: DeskPage) -> bool:
    """Say whether a person may open a page."""
    return user.has_perm(page.permission) if page.permission else user.is_superuser
