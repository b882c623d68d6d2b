"""What tests of the public pages share: where they are and how to read them."""

import re

FIXED = ["/", "/report/", "/documents/", "/about/", "/privacy/", "/accessibility/"]
# With the pages of the fixture `camp`
PATHS = [*FIXED, "/prevention/", "/prevention/children/", "/initiatives/camp/"]


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def words(text):
    """What a reader sees: without markup, with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def framed(client, item):
    """What the frame of an item's preview shows: the answer at the address that the frame names."""
    around = page(client, item.desk_path("preview", item.pk))
    return client.get(re.search(r'<iframe[^>]* src="([^"]+)"', around)[1])
