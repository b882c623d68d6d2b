"""Whether an image's alt text says what it shows: no file name, no placeholder, no words that would do for
any image.
"""

import re
import unicodedata
from collections.abc import Iterator

SUFFIX = r"\.(?:jpe?g|jfif|png|gif|webp|avif|hei[cf]|bmp|tiff?|svg|psd|raw|dng|eps|pdf|docx?|pptx?|mp4|mov)"
LONGEST_NAME = 255  # on the usual file systems
FILE_NAME = re.compile(
    rf".*{SUFFIX}(?:[\s_()-]|copy|\d)*"  # "IMG_2034.jpg", "The park.jpeg (2)"
    r"|\S*_\S*"  # "city_hall"
    r"|(?=\S*[^\W\d_])\S*\d{4}\S*"  # "P1010001", "signal-2024-05-01"
    r"|(?=\S*\d)[0-9a-f-]{12,}"  # a digest, a UUID
    r"|(?-i:[a-z]+(?:-[a-z]+)*-\d+|[a-z]+(?:-[a-z]+){3,})"  # "park-2", "city-hall-front-final"
    r"|(?:https?:|www\.|data:|file:|\.{0,2}/|[a-z]:\\)\S*",  # an address, a path
    re.IGNORECASE,
)
# Words that would do for any image: an alt text of nothing else says nothing ("Photo 2", "what the image
# shows").
WORDS_FOR_ANY = """
a an and any as at be by can contain containing do does for from goes go has have in is it its may me my
no not of on or our shown shows show some that the there these this to up us was we what which with you
your here where see seen alt alternate alternative attribute caption describe described describes
description details enter explain fill insert label name placeholder put say text title tag type word
words write decorative add attached attachment asset banner background capture chart cropped dcim default
diagram display dji document download downloaded drawing dsc dscf dscn edit edited empty example export
exported fb featured figure file final full gif gopr graph graphic graphics header hero heic icon
illustration image images imagery img imgs infographic jpeg jpg large logo main map media medium mvimg na
new none null object old original page photo photograph photographs photos pic pics picture pictures pixel
png preview profile pxl random resized sample scan scanned screen screenshot screenshots shot slide small
snapshot spacer stock svg tbd temp test thumb thumbnail tmp todo undefined unknown unnamed untitled update
updated upload uploaded various version video visual wa webp whatsapp pexels unsplash shutterstock getty
istock bild bildschirmfoto captura de ecran foto fotografia fotos imagen imagenes la pantalla sin titulo
am pm copy click tap enlarge larger zoom view more below above left right next top bottom first second
third last one two three automatically generated available nice beautiful good great pretty cool
interesting lovely please found loading broken src credit design
fullsizerender camscanner adobe canva clip lorem ipsum dolor sit amet foo baz blah asdf asdfgh asdfghjkl
qwerty qwertz xyz abc
"""
FOR_ANY = frozenset(WORDS_FOR_ANY.split())


def alt_problem(alt: str) -> str:
    """Return what is wrong with an alt text, as words that follow "It"; "" for one that may say what the
    image shows.
    """
    words = " ".join(
        "".join(sign for sign in unicodedata.normalize("NFKC", alt) if sign.isprintable()).split()
    )
    bare = words.strip(" .,:;!?…()[]{}<>“”\"'*`")
    if len(bare) <= LONGEST_NAME and FILE_NAME.fullmatch(bare):
        return "is a file name or an address"
    return "" if any(says_something(word) for word in plain_words(bare)) else "would do for any image"


def plain_words(text: str) -> Iterator[str]:
    """Yield the words of a text in small letters without accents or digits."""
    yield from re.findall(
        r"[^\W\d_]+", "".join(re.findall(r"[^̀-ͯ]", unicodedata.normalize("NFKD", text.casefold())))
    )


def says_something(word: str) -> bool:
    """Say whether a word tells one image from another: none that would do for any, no single letter,
    however often.
    """
    return word not in FOR_ANY and not (word.isascii() and len(set(word)) == 1)
