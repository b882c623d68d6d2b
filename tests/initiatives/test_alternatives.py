"""Alt texts: what says what an image shows passes; file names, placeholders and words for any image stop a
publish.
"""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from initiatives.checks import examine
from initiatives.checks.alternatives import alt_problem
from initiatives.models import Upload
from tests.builders import make_initiative, make_upload

PLAIN = {"title": "Jobs", "summary": "It helps people."}
FILE_NAMES = [
    *("IMG_2034.jpg", "IMG_2034", "img-2034.JPG", "DSC01234.jpeg", "_MG_1234.CR2.png", "P1010001"),
    *("PXL_20240501_123456789.jpg",),
    *("20240501_123456.heic", "WhatsApp Image 2024-05-01 at 12.34.56.jpeg", "IMG-20240501-WA0001"),
    *("signal-2024-05-01-123456",),
    *("Screenshot 2024-05-01 at 9.41.00 AM.png", "image0.jpeg", "image (1).png", "the park.jpg"),
    *("The park.jpeg (2)", "photo.webp", "clip_image002", "Capture.PNG", "image-1"),
    *("city_hall", "city-hall-front-final", "park-2", "banner.svg", "Report 2015.pdf", "park.avif"),
    *("park.HEIF copy",),
    *("/media/images/0a1b.jpg", "https://example.org/a.png", "www.example.org/park"),
    *("C:\\Users\\me\\park", "./park"),
    *("3f2504e0-4f89-11d3-9a0c-0305e82c3301", "a3f5" * 16, "“IMG_2034.jpg”", "IMG_2034.jpg."),
    *("IMG\u200b_2034.jpg",),
]
FOR_ANY_IMAGE = [
    *("image", "Image.", "photo", "A photo", "picture of", "Image 1", "photo 2 (copy)", "pic"),
    *("the image", "our logo", "Map", "chart"),
    *("IMG 2034", "DSC 0001", "Screenshot", "Screen Shot 2024-05-01 at 9.00", "WhatsApp Image"),
    *("untitled", "Untitled 1", "unnamed"),
    *("Type here what the image shows", "what the image shows", "[what the image shows]"),
    *("Describe the image here", "alt text"),
    *("Insert alt text here", "image description", "This image shows", "image here", "placeholder"),
    *("caption", "text", "decorative"),
    *("TBD", "todo", "n/a", "none", "null", "undefined", "test", "asdf", "x", "xxx", "aaaa", "..."),
    *("-", "?", "–", "1", "12345", "😀"),
    *("Imagen", "Foto", "fotografía", "imágenes", "Bild", "IMAGE", "ＩＭＡＧＥ", "click to enlarge"),
    *("see below", "FullSizeRender", "CamScanner 05-01-2024", "Untitled design", "Image not found"),
    *("Please describe this image", "img src", "Photo 1 of 3", "no alt", "Slide1", "Picture1", "Photo1"),
    *("Lorem ipsum dolor sit amet", "nice photo", "Description automatically generated", "\u200b"),
    *("\u00a0", "image\u00ad", ""),
]
TELLING = [
    *("A park", "Children run under a sprinkler in Fairground Park"),
    *("Map of St. Louis with its six police districts", "Bridge"),
    *("Logo of the Police Athletic League", "COVID-19", "City Hall", "Merry-go-round"),
    *("Chart: fewer homicides each year",),
    *("Photo of the Mayor", "Officer Smith with a bike", "Class of 2015", "Route 66 sign", "Cầu", "桥"),
    *("Площадь", "Un puente", "K-9 unit"),
    *("Screenshot of the form", "Shot Spotter sensor", "mother-in-law"),
    *("Book: The file of Mr. Jpeg Brown", "Noon"),
]


@pytest.mark.parametrize("alt", FILE_NAMES)
def test_a_file_name_says_nothing(alt):
    assert alt_problem(alt) == "is a file name or an address"


@pytest.mark.parametrize("alt", FOR_ANY_IMAGE)
def test_words_for_any_image_say_nothing(alt):
    assert alt_problem(alt) == "would do for any image"


@pytest.mark.parametrize("alt", TELLING)
def test_what_tells_an_image_from_others_passes(alt):
    assert alt_problem(alt) == ""


@pytest.mark.django_db
@pytest.mark.parametrize("alt", ["IMG_2034.jpg", "image", "Type here what the image shows", "*photo*", ""])
def test_texts_and_the_field_of_the_image_are_held_to_the_same(alt):
    upload = make_upload("Park", "image", b"\xff\xd8\xff", "jpg", "image/jpeg")
    item = make_initiative(
        publish=False,
        body=f"![{alt}](/media/{upload.file.name})",
        image=upload,
        image_alt=alt.strip("*"),
        **PLAIN,
    )
    found = examine(item).errors
    assert sorted(finding.field for finding in found) == ["body", "image_alt"]
    assert all(alt.strip("*") in finding.message for finding in found)


@pytest.mark.django_db
def test_a_file_name_on_an_image_marked_decorative_is_read_to_nobody():
    upload = make_upload("Park", "image", b"\xff\xd8\xff", "jpg", "image/jpeg")
    item = make_initiative(body=f'![IMG_2034.jpg](/media/{upload.file.name} "decorative")', **PLAIN)
    assert 'alt=""' in item.revisions.last().html["body"]


@pytest.mark.django_db
def test_what_the_desk_offers_to_copy_or_puts_in_stops_until_somebody_says_what_is_shown(as_, arthur):
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(buffer, "PNG")
    dropped = as_(arthur).post(
        reverse("admin:markdown_upload"), {"image": SimpleUploadedFile("park.png", buffer.getvalue())}
    )
    upload = Upload.objects.get()
    shown = as_(arthur).get(reverse("admin:initiatives_upload_change", args=[upload.pk])).content.decode()
    code = f"![](/media/{upload.file.name})"
    assert dropped.json()["image_code"] == code
    assert code in shown
    assert "has no alt text" in examine(make_initiative(publish=False, body=code, **PLAIN)).errors[0].message
