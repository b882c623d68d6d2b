"""How often "Words that stand out" names a word although comments are alike, and whether it finds one that
does stand out.

`make measure WHAT=words` prints it. Comments are drawn anew in each run: many words, a few of them in most
comments, as in any language (Zipf's law).
"""

from itertools import accumulate
from random import Random

from feedback.statistics.words import telling

VOCABULARY = [
    f"{first}{middle}{last}"
    for first in "bdfgklmnprst"
    for middle in ("ar", "el", "in", "or", "un")
    for last in "bdfgklmnpst"
]
WEIGHTS = list(accumulate(1 / (rank + 3) for rank in range(len(VOCABULARY))))
SIZES = [(20, 200), (60, 600), (200, 1000)]  # comments here, and elsewhere


def comments(chance, count):
    """Draw so many comments of 3 to 60 words."""
    return [
        " ".join(chance.choices(VOCABULARY, cum_weights=WEIGHTS, k=chance.randrange(3, 61)))
        for _ in range(count)
    ]


def false_alarms(here, elsewhere, runs):
    """Return in which share of the runs a word is named, though all comments are drawn alike."""
    chance = Random(20260102)
    return sum(bool(telling(comments(chance, here), comments(chance, elsewhere))) for _ in range(runs)) / runs


def finds(here, elsewhere, share, runs):
    """Return in which share of the runs a word is named that so large a part of the comments here has, and
    none elsewhere.
    """
    chance, found = Random(20260103), 0
    for _ in range(runs):
        texts = comments(chance, here)
        with_word = [f"{text} lamp" if n < share * here else text for n, text in enumerate(texts)]
        found += "lamp" in [word.word for word in telling(with_word, comments(chance, elsewhere))]
    return found / runs


def main():
    """Print the figures."""
    print(
        "Random comments: share of 200 runs that name a word; runs that find a word of 10% or 30% of the "
        "comments here alone"
    )
    for here, elsewhere in SIZES:
        found = ", ".join(f"{finds(here, elsewhere, share, 20):.0%}" for share in (0.1, 0.3))
        print(f"  {here} here, {elsewhere} elsewhere: {false_alarms(here, elsewhere, 200):.1%}; {found}")


if __name__ == "__main__":
    main()
