"""Decides when two spellings are the same text: width, case, composition, spaces and separators do not count."""

import re
import unicodedata
from collections.abc import Callable
from functools import cached_property, lru_cache

from .layouts import letters_of

# The set of the vocabulary file, with the look-alikes that people's keyboards and word processors put in their place.
_SEPARATORS = "-_./·()[],'\"~" + "‐‑‒–—−・ㆍ‧•∙⋅‘’“”`´「」『』【】〔〕〈〉《》{}"
_INVISIBLE = r"\s\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe0f\ufeff"
_UNSEEN = re.compile(f"[{_INVISIBLE}]+")
# Stars, emoji and trade marks decorate a name and are no part of it.
_ORNAMENTS = r"\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_UNCOUNTED = re.compile(f"[{re.escape(_SEPARATORS)}{_INVISIBLE}{_ORNAMENTS}]+")
# U+318D is a middle dot on Korean keyboards, but NFKC would make a vowel of it, and letters of a trade mark.
_BEFORE_NFKC = str.maketrans("ㆍ", "·", "™℠®©")
_CHANGES_BEFORE_NFKC = re.compile("[ㆍ™℠®©]")
# R&D is one word, 기획&운영 are two.
_WORD_BREAK = re.compile(r"(?:[\s/,·・ㆍ()\[\]{}|:;【】「」~]|(?<!\b[a-z])&|&(?![a-z]\b))+", re.IGNORECASE)
# A dot that begins a word is part of the name (.NET); dropping it would make the name an English word.
_LEADING_DOT = re.compile(r"(?<![\w.])\.(?=[a-z])")
_KEPT_DOT = "\uf8ff"
_HANGUL = re.compile(r"[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
# One loan word, several spellings in job ads; the right one is what the vocabulary and most texts use.
_SPELLINGS = {
    "레이블": "라벨", "데이타": "데이터", "컨텐": "콘텐", "애너테이션": "어노테이션", "에노테이션": "어노테이션",
    "컨트렉트": "컨트랙트", "콘트랙트": "컨트랙트", "하이퍼렛저": "하이퍼레저", "하이퍼레져": "하이퍼레저",
    "시멘틱": "시맨틱", "세그먼테이션": "세그멘테이션", "프런트": "프론트", "어플리케이션": "애플리케이션",
    "디지탈": "디지털", "메세지": "메시지", "마켓팅": "마케팅", "스케쥴": "스케줄", "메뉴얼": "매뉴얼",
    "리더쉽": "리더십", "labelling": "labeling", "labeller": "labeler", "modelling": "modeling",
}  # fmt: skip
_SPELLING = re.compile("|".join(_SPELLINGS))
# What ends a word in a sentence and is no part of it.
_CLOSING = ",.;:'\""
_NUMBER = re.compile(r"\d+")
# Tense initials, ㅐ/ㅔ, ㅙ/ㅚ/ㅞ and finals that sound alike; after ㅅ, ㅈ, ㅊ nobody hears ㅕ from ㅓ.
_SAME_SOUND = str.maketrans("ᇁᆺᆻᆽᆾᇀᆩᆿᅢᅤᅫᅬᄁᄄᄈᄊᄍ", "ᆸᆮᆮᆮᆮᆮᆨᆨᅦᅨᅰᅰᄀᄃᄇᄉᄌ")
_PLAIN_VOWELS = dict(zip("ᅣᅧᅭᅲ", "ᅡᅥᅩᅮ", strict=True))
_AFTER_SIBILANT = re.compile("(?<=[ᄉᄌᄎ])[ᅣᅧᅭᅲ]")


class Form:
    """One text in the shapes that comparison needs: `folded` as it is, the others respelled; `jamo` has one letter for
    each key (so one wrong key is a small difference), `ordered` the same with the words sorted, so that their order is
    free. What few texts are asked for is made when it is asked for."""

    def __init__(self, text: str, spell: Callable[[str], str]) -> None:
        self._text, self._spell = text, spell
        self.folded = fold(text)
        self.spelled = spell(self.folded)
        self.words = tuple(map(spell, split_words(text)))
        self.jamo = letters_of(self.spelled)
        self.ordered = letters_of(self.sorted) if len(self.words) > 1 else self.jamo

    @cached_property
    def sorted(self) -> str:
        """Its words in order, as one."""
        return "".join(sorted(self.words))

    @cached_property
    def sound(self) -> str:
        """Its letters by ear."""
        return sound_of(self.spelled)

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """What stands between its spaces, signs and all."""
        return tuple(map(self._spell, split_tokens(self._text)))

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """Its numbers, in order."""
        return tuple(sorted(_NUMBER.findall(self.folded)))


@lru_cache(maxsize=1 << 17)
def fold(text: str) -> str:
    """The text without what does not count: NFKC, case folded, white space, separators, ornaments deleted; + and # stay.

    A text of separators alone keeps them, so that it never equals the empty text.
    """
    wide = clean(text).casefold()
    marked = _LEADING_DOT.sub(_KEPT_DOT, wide) if "." in wide else wide
    folded = _UNCOUNTED.sub("", marked).replace(_KEPT_DOT, ".")
    return unicodedata.normalize("NFC", folded) or _UNSEEN.sub("", wide)


@lru_cache(maxsize=1 << 16)
def clean(text: str) -> str:
    """The text as shown: NFKC (so decomposed, full-width and compatibility letters meet), outer space gone."""
    # A look is cheaper than a translation that changes nothing.
    meant = text.translate(_BEFORE_NFKC) if _CHANGES_BEFORE_NFKC.search(text) else text
    return unicodedata.normalize("NFKC", meant).strip()


def split_words(text: str) -> tuple[str, ...]:
    """The folded words of a text, in their order."""
    words = (fold(word) for word in _WORD_BREAK.split(clean(text)) if word)
    return tuple(word for word in words if word)


def sound_of(folded: str) -> str:
    """Letters by ear, for loan words that everybody spells his own way: 포토샾 and 포토샵, 리엑트 and 리액트 are one."""
    apart = unicodedata.normalize("NFD", folded)
    return _AFTER_SIBILANT.sub(lambda vowel: _PLAIN_VOWELS[vowel[0]], apart.translate(_SAME_SOUND))


def has_hangul(text: str) -> bool:
    return _HANGUL.search(text) is not None


@lru_cache(maxsize=1 << 16)
def respell(folded: str) -> str:
    """The folded text with its loan words in one spelling (레이블링 → 라벨링)."""
    return _SPELLING.sub(lambda found: _SPELLINGS[found[0]], folded)


def split_tokens(text: str) -> tuple[str, ...]:
    """The text between its spaces, case folded, with the signs inside; a text of spaces is one empty token."""
    tokens = (token.rstrip(_CLOSING) or token for token in clean(text).casefold().split())
    return tuple(tokens) or ("",)


@lru_cache(maxsize=1 << 17)
def form_of(text: str) -> Form:
    """All shapes of a text, loan words in one spelling."""
    return Form(text, respell)


def form_as_typed(text: str) -> Form:
    """The same without respelling: a misspelt 레이블링 is nearer to what was meant than to 라벨링."""
    return Form(text, str)
