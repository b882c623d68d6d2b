"""What spam without a link looks like: keys struck at random, one thing over and over, code, and the
phrases of spam.yaml.
"""

import re
import unicodedata
from collections import Counter

from feedback.intake.phrases import OpenList

SPAM = OpenList("spam")
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "poiuytrewq", "lkjhgfdsa", "mnbvcxz", "1234567890", "abcdefgh")
RUN = 4  # neighbors on a keyboard, one after the other: nobody's word
AGAIN = 4  # times the same word and nothing else
SAME = 6  # times the same sign
# Short words and names that have no vowel, and what people say with one letter
NO_VOWEL = frozenset(
    re.findall(
        r"\w+",
        (
            "hmm hmmm hmmmm pfft psst shh shhh tsk brr mlk slmpd cdbg nyc stl phd slps mph cvpi hvac ngcb "
            "smh "
            "tbh"
        ),
    )
)
# Words that are three keys in a row
KEYS = frozenset(re.findall(r"\w+", "were wer ert pot iop try rty as we you our hgh per poi pro fds xcv"))
# More consonants than English, Spanish, Bosnian or Vietnamese words have in a row
CLUSTER = re.compile(r"[bcdfghjklmnpqrstvwxz]{6,}|[bcdfghjklmnpqrstvwxz]{5,}$|^[bcdfghjklmnpqrtvwxz]{4,}")
PAIRS = re.compile(
    r"[qxzj][bcdfghjklmnpqrstvwxz]|[bcdfgjklmpqvwxz]{2}[qxzjkv]|[jkqvwxz]{2}|hj|fd[gs]|gf[dh]|kj|jk|sdf|dfg|fgh|hgf|jf|lkj"
)
ADDRESS = re.compile(r"\w+:/\S*|\S+@\S+|www\.\S+")
CODE = re.compile(
    r"<\s*(?:script|img|iframe|svg|object|style|body)\b|javascript:|\bon\w+\s*=\s*[\w\"'(]|\$\{[^}]*\}|\{\{.*?\}\}|\{%.*?%\}|<%"
    r"|\bunion\s+(?:all\s+)?select\b|\bdrop\s+table\b|'\s*or\s+'?1'?\s*=\s*'?1|;\s*--|--\s*$|\.\./\.\./|/etc/passwd|\[/?inst\]|<\|\w+\|>"
    r"|\bselect\s.+\sfrom\s+\w+\s*(?:where|;|--)|^\s*#{2,}\s*(?:system|instruction)|\(select\b|\bxp_cmdshell\b|\bsleep\(\d",
    re.IGNORECASE,
)


def is_mash(text: str) -> bool:
    """Say whether most of a text's words are keys struck at random.

    A short word, a number or another script never is.
    """
    long = [
        word for word in re.findall(r"[a-z]+|\d{6,}", ADDRESS.sub("", plain_letters(text))) if len(word) > 2
    ]
    return (
        bool(long)
        and len(text) >= 6
        and sum(map(struck, long)) * 2 > len(long)
        and not re.search(r"\d{3}\D\d{4}", text)
    )


def struck(word: str) -> bool:
    """Say whether a word looks like keys struck at random."""
    if word in NO_VOWEL or len(word) < 4:
        return any(word in row for row in ROWS[:3]) and word not in KEYS
    if word.isdigit():
        return len(word) >= 12 and len(set(word)) <= 6
    along = sum(word[at : at + RUN] in row for row in ROWS for at in range(len(word) - RUN + 1))
    vowels = sum(letter in "aeiouy" for letter in word)
    return bool(
        (along and along * 3 >= len(word) - RUN)
        or not vowels
        or CLUSTER.search(word)
        or len(PAIRS.findall(word)) * 5 >= len(word)
        or (len(word) >= 8 and vowels * 6 < len(word))
        or repeats_a_piece(word)
    )


def repeats_a_piece(word: str) -> bool:
    """Say whether a long word is a piece of two to five letters over and over, such as “asdasdasd”."""
    return len(word) >= 9 and any(
        word.count(word[at : at + n]) * n >= len(word) * 0.8 for n in (2, 3, 4, 5) for at in range(n)
    )


def is_repeated(text: str) -> bool:
    """Say whether a text is one sign, one piece or one word over and over.

    “No no no!” is how people speak.
    """
    packed = "".join(plain_letters(text).split())
    if (
        len(packed) >= SAME
        and Counter(packed).most_common(1)[0][1] >= len(packed) * 0.8
        and not packed.isalpha()
    ):
        return True
    words = re.findall(r"\w+", plain_letters(text))
    runs = [word for word in words if len(word) >= SAME and len(set(word)) == 1]
    if runs and len(runs) * 2 >= len(words):
        return True
    if not words:
        return len(packed) >= SAME and len(set(packed)) <= 3
    most, count = Counter(words).most_common(1)[0]
    return count >= AGAIN and count * 4 >= len(words) * 3 and not (most.isdigit() and len(most) < 3)


def is_code(text: str) -> bool:
    """Say whether a text holds code that is sent to break a site."""
    return bool(CODE.search(text))


def plain_letters(text: str) -> str:
    """Return a text in small letters without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(c))
