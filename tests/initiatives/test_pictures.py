"""Pictures keep what they show: greys of 16 bits, colours of any profile, photos of large phones; what is
lost is told.
"""

import io
import time

import pytest
from django.core.exceptions import ValidationError
from PIL import Image, ImageCms

from initiatives.exchange.pictures import FORMATS, encode, read_picture

P3_RED = (0xEA, 0x33, 0x23)  # what sRGB's red is in Display P3, rounded


def made(picture, kind="PNG", **options):
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def shown(data):
    """Return the picture as the site stores it."""
    picture, _ = read_picture(data)
    return Image.open(io.BytesIO(encode(picture)[2]))


def close(one, other, by=6):
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


# Greys of 16 bits


@pytest.mark.parametrize(
    ("grey", "becomes"), [(0, 0), (0x0123, 1), (0x4000, 64), (0x8000, 128), (0xC0FF, 192), (0xFFFF, 255)]
)
def test_a_grey_of_16_bits_keeps_its_shade(grey, becomes):
    found = shown(made(Image.new("I;16", (30, 20), grey)))
    assert close(found.getpixel((5, 5)), (becomes,) * 3, by=2)


def test_a_see_through_grey_of_16_bits_stays_see_through():
    picture = Image.new("I;16", (30, 20), 0x8000)
    picture.paste(0xFFFF, (0, 0, 10, 20))
    found = shown(made(picture, transparency=0xFFFF))
    assert (found.getpixel((2, 2))[3], found.getpixel((20, 2))) == (0, (128, 128, 128, 255))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_other_depths_stay_what_they_were(mode):
    found = shown(made(Image.new("RGB", (30, 20), "white").convert(mode)))
    assert close(found.getpixel((5, 5))[:3], (255, 255, 255), by=2)


# Colour profiles


def display_p3():
    """Return the bytes of a profile with the primaries of Display P3 (SMPTE EG 432-1, D65) and the curve of
    sRGB.

    sRGB's own profile is taken and its three colorants, adapted to D50, are put in (ICC.1:2010, s15Fixed16).
    """
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    colorants = {
        b"rXYZ": (0.51512, 0.2412, -0.00105),
        b"gXYZ": (0.29198, 0.69225, 0.04189),
        b"bXYZ": (0.1571, 0.06657, 0.78407),
    }
    for place in range(132, 132 + 12 * int.from_bytes(data[128:132], "big"), 12):
        if (name := bytes(data[place : place + 4])) in colorants:
            start = int.from_bytes(data[place + 4 : place + 8], "big") + 8
            for part, value in enumerate(colorants[name]):
                data[start + 4 * part : start + 4 * part + 4] = round(value * 65536).to_bytes(
                    4, "big", signed=True
                )
    return bytes(data)


@pytest.mark.parametrize(
    ("kind", "options"),
    [("PNG", {}), ("JPEG", {"quality": 98, "subsampling": 0}), ("WEBP", {"lossless": True})],
)
def test_a_red_of_another_colour_space_is_the_same_red_in_srgb(kind, options):
    found = shown(made(Image.new("RGB", (30, 20), P3_RED), kind, icc_profile=display_p3(), **options))
    assert close(found.getpixel((5, 5)), (255, 0, 0), by=8)
    assert "icc_profile" not in found.info


def test_what_is_see_through_is_converted_too_and_stays_so():
    found = shown(made(Image.new("RGBA", (30, 20), (*P3_RED, 128)), icc_profile=display_p3()))
    assert found.getpixel((5, 5))[3] == 128
    assert close(found.getpixel((5, 5))[:3], (255, 0, 0))


def test_a_palette_is_converted_too():
    found = shown(made(Image.new("RGB", (30, 20), P3_RED).quantize(4), icc_profile=display_p3()))
    assert close(found.getpixel((5, 5)), (255, 0, 0), by=8)


def test_ink_colours_are_taken_without_a_profile():
    assert shown(made(Image.new("CMYK", (30, 20), (0, 255, 255, 0)), "JPEG")).getpixel((5, 5))[0] > 200


@pytest.mark.parametrize("profile", [b"no profile", b"\0" * 400, display_p3()[:300]])
def test_a_broken_profile_leaves_the_colours_as_they_are(profile):
    found = shown(made(Image.new("RGB", (30, 20), "red"), icc_profile=profile))
    assert close(found.getpixel((5, 5)), (255, 0, 0), by=3)


def test_a_profile_of_another_kind_of_picture_leaves_the_colours_as_they_are():
    found = shown(made(Image.new("L", (30, 20), 128), icc_profile=display_p3()))
    assert close(found.getpixel((5, 5)), (128,) * 3, by=3)


# Large photos


def test_a_photo_of_50_megapixels_is_taken_turned_upright_and_small_in_a_second_or_so():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    data = made(
        Image.effect_noise((816, 612), 60).convert("RGB").resize((8160, 6120), Image.Resampling.NEAREST),
        "JPEG",
        exif=exif,
    )
    began = time.process_time()
    assert shown(data).size == (1500, 2000)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(("kind", "size"), [("JPEG", (9000, 8000)), ("PNG", (8000, 6000))])
def test_what_is_larger_still_is_refused_before_it_is_decoded(kind, size):
    with pytest.raises(ValidationError, match=r"more than 40 million pixels \(65 million in a JPEG\)"):
        read_picture(made(Image.new("L", size), kind))


# Animations, and kinds of files


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "AVIF"])
def test_an_animation_is_known_and_its_first_frame_kept(kind):
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("green", "red")]
    picture, moves = read_picture(
        made(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
    )
    assert (moves, close(picture.convert("RGB").getpixel((5, 5)), (0, 128, 0), by=8)) == (True, True)


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "AVIF", "JPEG", "MPO"])
def test_a_still_is_no_animation_though_it_holds_a_preview(kind):
    extra = {"save_all": True, "append_images": [Image.new("RGB", (6, 4))]} if kind == "MPO" else {}
    assert read_picture(made(Image.new("RGB", (60, 40)), kind, **extra))[1] is False


def test_an_avif_is_taken():
    assert "AVIF" in FORMATS
    assert close(shown(made(Image.new("RGB", (30, 20), "red"), "AVIF")).getpixel((5, 5)), (255, 0, 0), by=6)


@pytest.mark.parametrize(
    "brands", [b"heic\0\0\0\0mif1heic", b"mif1\0\0\0\0heic", b"heix\0\0\0\0mif1", b"msf1\0\0\0\0hevc"]
)
def test_a_heic_photo_is_refused_with_how_to_get_a_jpeg_from_a_phone(brands):
    box = (8 + len(brands)).to_bytes(4, "big") + b"ftyp" + brands
    with pytest.raises(ValidationError, match="HEIC photo") as refused:
        read_picture(box + b"\0" * 2000)
    assert "Most Compatible" in str(refused.value)
    assert "Android" in str(refused.value)
