"""Which startups are one organisation under several profiles: by website, by name and country, by their words.

Many copies of one profile must not take many places. That two companies fill in the same form, and so say "company
based in … raising its first round", makes them no copies: what counts is what few others say.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matcher.domain.profile import Startup
from matcher.domain.vocabulary import folded
from matcher.steps.word_lists import Words

WEBSITE, NAME, WORDS = "the same website", "the same name and country", "nearly the same words"

# Sites on which many organisations have a page each, told apart by the beginning of its path.
_PAGES = """
    linkedin.com facebook.com twitter.com x.com instagram.com tiktok.com youtube.com github.com gitlab.com medium.com
    google.com apple.com linktr.ee crunchbase.com angel.co wellfound.com f6s.com notion.so substack.com t.me wa.me
    telegram.me about.me bit.ly tinyurl.com forms.gle dropbox.com gofundme.com kickstarter.com indiegogo.com etsy.com
"""
# Sites on which each has a host of its own; by themselves they name nobody.
_BUILDERS = """
    github.io gitlab.io wordpress.com wixsite.com wix.com blogspot.com weebly.com squarespace.com webflow.io carrd.co
    netlify.app vercel.app herokuapp.com web.app pages.dev notion.site business.site myshopify.com jimdosite.com
"""
# Universities, whose companies have a page there.
_CAMPUSES = (".ac.uk", ".edu", ".ac.ke", ".ac.za", ".ac.il", ".edu.ng")
_SHARED, _BARE = frozenset(_PAGES.split()), frozenset((*_PAGES.split(), *_BUILDERS.split()))
_DEEPEST_PAGE = 2
# What stands before an owner's name, whose page goes on behind it; elsewhere only the whole path names a page.
_OWNERS = frozenset(["company", "in", "pages", "school", "showcase", "organization", "channel", "c", "user"])
_PAGE_ID = re.compile(r"[?&]((?:id|v)=[^&#]+)")
# A host as people may type it: "n/a", "tbc" and "coming soon" are none.
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}")

# Runs of four words; two texts are nearly the same where they share half of what they have together. One word changed
# in thirty costs a quarter. A shorter text than twelve different words says too little, and than eight the very same.
_RUN = 4
_ALIKE = 0.5
_LEAST_WORDS, _LEAST_SAME = 12, 8
_LEAST_SHARED = 3
# What so many texts say is a form that people fill in, and is not held against anybody (nor held in memory).
_FORM = 500
# A run of words is a text's own where no more than twice as many texts have it as are like that text; a copy has at
# least this share of its own. Measured: none of 12,450 filled-in forms are grouped (18.9 % would be), 0.2 % of 1,211.
_OWN_SHARE = 0.3
_AT_ONCE = 2000


@dataclass(frozen=True, kw_only=True)
class Organisations:
    """group: (n,) int32, equal for profiles of one organisation, counted from 0 in the order of the profiles.

    why: what each shares with another of its group; None for one that stands alone.
    """

    group: NDArray[np.int32]
    why: tuple[str | None, ...]


def same_organisation(startups: Sequence[Startup], said: Sequence[Words]) -> Organisations:
    """Group the profiles that are one organisation. said: the words of each summary, in plain letters."""
    links = (
        (WEBSITE, _sharing([website_key(startup.website) for startup in startups])),
        (NAME, _sharing([_name_key(startup) for startup in startups])),
        (WORDS, _sharing([one.words if len(one) >= _LEAST_SAME else None for one in said])),
        (WORDS, _alike([one.words for one in said])),
    )
    why: list[str | None] = [None] * len(startups)
    ends: list[tuple[int, int]] = []
    for reason, pairs in links:
        for pair in pairs:
            ends.append(pair)
            for place in pair:
                why[place] = why[place] or reason
    one, other = np.array(ends, np.int64).reshape(-1, 2).T
    graph = sparse.csr_array((np.ones(len(one)), (one, other)), shape=(len(startups), len(startups)))
    _, group = sparse.csgraph.connected_components(graph, directed=False)
    _, first, number = np.unique(group, return_index=True, return_inverse=True)
    in_order = np.argsort(np.argsort(first))
    return Organisations(group=in_order[number].astype(np.int32), why=tuple(why))


def website_key(website: str | None) -> str | None:
    """What names an organisation by its website: the host, or its page where many share the host; None for nothing."""
    address = (website or "").strip().casefold().rpartition("://")[2]
    host, _, rest = address.removeprefix("www.").partition("/")
    host = host.partition("?")[0].partition(":")[0].rstrip(".")
    shared = next((site for site in _SHARED if host == site or host.endswith(f".{site}")), None)
    if not _HOST.fullmatch(host):
        return None
    if shared is None and host not in _BARE and not host.endswith(_CAMPUSES):
        return host
    found = _PAGE_ID.search(rest)
    steps = [step for step in re.split(r"[?#]", rest)[0].split("/") if step]
    steps = steps[: _DEEPEST_PAGE if steps and steps[0] in _OWNERS else None]
    page = "/".join([*steps, *(found.groups() if found else ())])
    return f"{shared or host}/{page}" if page else None


def _name_key(startup: Startup) -> tuple[str, str] | None:
    """Without a country a name may be anybody's."""
    name = folded(startup.name)
    return (name, startup.country) if name and startup.country else None


def _sharing(keys: Sequence[Hashable | None]) -> Iterator[tuple[int, int]]:
    """Each place with the first that has the same key."""
    first: dict[Hashable, int] = {}
    for place, key in enumerate(keys):
        if key is not None and first.setdefault(key, place) != place:
            yield first[key], place


def _alike(texts: Sequence[Sequence[str]]) -> Iterable[tuple[int, int]]:
    """Pairs of texts in nearly the same words, none of them but for a form that many filled in."""
    number: dict[tuple[str, ...], int] = {}
    runs = [_runs(words, number) for words in texts]
    if not number:
        return ()
    own = np.repeat(np.arange(len(texts)), [len(one) for one in runs])
    run = np.array([at for one in runs for at in sorted(one)], np.int64)
    times = np.bincount(run)
    rare = times[run] <= _FORM
    size = np.bincount(own[rare], minlength=len(texts))
    shared = rare & (times[run] > 1)
    cells = (np.ones(int(shared.sum()), np.int32), (own[shared], run[shared]))
    held = sparse.csr_array(cells, shape=(len(texts), len(number)))
    pairs = []
    for start in range(0, len(texts), _AT_ONCE):
        both = (held[start : start + _AT_ONCE] @ held.T).tocoo()
        left, right, common = both.row.astype(np.int64) + start, both.col.astype(np.int64), both.data
        like = (left < right) & (common >= _LEAST_SHARED) & (common >= _ALIKE * (size[left] + size[right] - common))
        pairs.append(np.column_stack([left[like], right[like]]))
    found = np.concatenate(pairs)
    like_it = np.bincount(found.ravel(), minlength=len(texts))
    its_own = times[run] <= 2 * (like_it[own] + 1)
    share = np.bincount(own, its_own, len(texts)) / np.maximum(1, np.bincount(own, minlength=len(texts)))
    return [(one, other) for one, other in found.tolist() if min(share[one], share[other]) >= _OWN_SHARE]


def _runs(words: Sequence[str], number: dict[tuple[str, ...], int]) -> set[int]:
    """The runs of four words of a text that says enough, each as a number."""
    if len(set(words)) < _LEAST_WORDS:
        return set()
    return {number.setdefault(tuple(words[at : at + _RUN]), len(number)) for at in range(len(words) - _RUN + 1)}
