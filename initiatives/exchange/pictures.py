"""Decodes what somebody uploads as an image, within limits, and encodes it for the web: upright, in sRGB,
nothing but pixels.
"""

import io
import warnings
from typing import Any

from django.core.exceptions import ValidationError
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError, features

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", *(["AVIF"] if features.check("avif") else []))
NAMES = f"JPEG, PNG, {'WebP, AVIF' if 'AVIF' in FORMATS else 'WebP'} or GIF"
MAX_PIXELS = 40_000_000
MAX_JPEG_PIXELS = (
    65_000_000  # a JPEG is decoded at a half, a quarter or an eighth of its size where that is enough
)
MAX_SIDE = 2000
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
HEIC = (
    "This is a HEIC photo, which most browsers cannot show. To get a JPEG on an iPhone, email the photo to "
    "yourself, or copy it "
    "in Photos and paste it into a folder in Files; Settings, Camera, Formats, Most Compatible makes new "
    "photos JPEGs. On an "
    "Android phone, export it as JPEG, or switch off HEIF or “high efficiency” in the camera's settings and "
    "take it again."
)


def read_picture(data: bytes) -> tuple[Image.Image, bool]:
    """Return the decoded picture, upright, and whether it was an animation, of which this is the first frame.

    Raises ValidationError for what is not a whole picture of an allowed kind and size.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture: Any = Image.open(io.BytesIO(data), formats=FORMATS)
            is_photo = picture.format in (
                "JPEG",
                "MPO",
            )  # an MPO's further pictures are previews and depth maps
            if picture.width * picture.height > (MAX_JPEG_PIXELS if is_photo else MAX_PIXELS):
                raise too_many_pixels()
            picture.draft(None, (MAX_SIDE, MAX_SIDE))
            moves = not is_photo and getattr(picture, "is_animated", False)
            picture.load()
            return ImageOps.exif_transpose(picture), moves
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_many_pixels() from error
    except UnidentifiedImageError as error:
        raise ValidationError(
            HEIC if is_heic(data) else f"This is not a {NAMES} image. Save it as one of these."
        ) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise ValidationError("The image is damaged and cannot be read. Export it again.") from error


def too_many_pixels() -> ValidationError:
    """Return the refusal of an image that would take too much memory."""
    return ValidationError(
        f"The image has more than {MAX_PIXELS // 1_000_000} million pixels ({MAX_JPEG_PIXELS // 1_000_000} "
        "million in a JPEG). "
        "Make it smaller and try again."
    )


def is_heic(data: bytes) -> bool:
    """Say whether a file is of the kind that iPhones make: its first box names HEIF brands (ISO/IEC
    23008-12).
    """
    return data[4:8] == b"ftyp" and any(brand in data[8:64] for brand in HEIC_BRANDS)


def encode(picture: Image.Image) -> tuple[str, str, bytes]:
    """Return suffix, media type and bytes: PNG where something is see-through, else JPEG; nothing but the
    pixels.
    """
    picture = eight_bits(picture)
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    if picture.mode in ("P", "PA", "1"):  # what has no shades between cannot be made smaller well
        picture = picture.convert(mode)
    picture.thumbnail((MAX_SIDE, MAX_SIDE))
    bare = to_srgb(picture, mode)
    bare.info = {}
    buffer = io.BytesIO()
    if mode == "RGBA":
        bare.save(buffer, "PNG", optimize=True)
        return "png", "image/png", buffer.getvalue()
    bare.save(buffer, "JPEG", quality=85, optimize=True, progressive=True)
    return "jpg", "image/jpeg", buffer.getvalue()


def eight_bits(picture: Image.Image) -> Image.Image:
    """Return a picture of 16-bit greys with 8 bits, scaled: a plain conversion would make all but the
    darkest white.
    """
    if not picture.mode.startswith("I"):
        return picture
    scaled = picture.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    scaled.info = dict(picture.info)
    if "transparency" in scaled.info:
        scaled.info["transparency"] >>= 8
    return scaled


def to_srgb(picture: Image.Image, mode: str) -> Image.Image:
    """Return the picture in sRGB, which a browser takes an image without a profile for.

    In: "RGB" or "RGBA".
    """
    plain = picture.convert(mode)
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(picture.info["icc_profile"]))
        colours = {"RGB": plain.convert("RGB"), "GRAY": picture.convert("L"), "CMYK": picture}[
            profile.profile.xcolor_space.strip()
        ]
        converted: Any = ImageCms.profileToProfile(
            colours, profile, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (
        KeyError,
        OSError,
        ImageCms.PyCMSError,
    ):  # no profile, or one that is broken or of another kind of picture
        return plain
    if mode == "RGBA":
        converted.putalpha(plain.getchannel("A"))
    return converted
