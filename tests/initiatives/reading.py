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
