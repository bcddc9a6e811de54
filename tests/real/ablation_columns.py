"""Features in other ways than the product computes them: what tests/real/ablation.py holds against it."""

from collections import Counter

import numpy as np
from scipy import sparse

from matcher.steps import likeness, past_fit
from matcher.steps.cities import city_counts, city_likeness, city_word
from matcher.steps.likeness import CLOSE_FROM, OTHER, SHARPNESS, STAGE
from matcher.steps.measure import _SAID, FEATURES
from matcher.steps.past import HALF_LIFE_YEARS, codes, founded_years, itself, log_pounds, one_hot
from matcher.steps.past_fit import LEAST_SHARE, SHARED_LIKENESS, SHARED_PAST, SHARED_PLACE

PAST = tuple(name for name in FEATURES if name.startswith("past_"))


class Side:
    """Some startups beside the earlier companies of all partners, (startups, e) float32 or bool."""

    def __init__(self, inputs, places):
        self.past, self.inputs = inputs.past, inputs
        self.startups = [inputs.startups[place] for place in places]
        self.others = (~itself(self.past, places)).astype(np.float32)
        self.recency = self.past.recency.astype(np.float32)
        self.group = sparse.csr_array(self.past.group).astype(np.float32)
        self.has_past = self.others @ self.group > 0
        has_text = np.flatnonzero(self.past.row >= 0)
        rows = self.past.row[has_text]
        self.own = inputs.startup_rows[places]
        self.vectors = np.zeros((len(self.past.row), self.own.shape[1]), np.float32)
        self.vectors[has_text] = inputs.text_rows[rows]
        self.words = [inputs.startup_words[place] for place in places]
        self.has_text, self.lexical = has_text, inputs.lexicon.rows[rows].T.astype(np.float32)
        cosine = self.own @ inputs.text_rows.T
        like = likeness.likeness(self.startups, self.past, self.others == 0, cosine, inputs.rates)
        self.country, self.sector, self.place, self.kindred, self.close = (
            getattr(like, name).astype(np.float32) for name in ("country", "sector", "place", "kindred", "close")
        )
        self.cosine, self.overlap = self.own @ self.vectors.T, self.overlap_of(self.words)
        self.raises = _near(log_pounds([one.raising for one in self.startups], inputs.rates), self.past.raising, 0.7)
        self.years = _near(founded_years(self.startups), self.past.founded, 3.0)
        self.stages = self.same("stage")
        self.says = {
            "text": np.array([bool(one.summary) for one in self.startups]),
            "country": np.array([one.country is not None for one in self.startups]),
            "sector": np.array([bool(one.sectors) for one in self.startups]),
            "city": np.array([bool(one.city) for one in self.startups]),
            "raise": np.array([one.raising is not None for one in self.startups]),
            "kindred": np.array([past_fit._says_kindred(one) for one in self.startups]),
        }

    def overlap_of(self, words):
        overlap = np.zeros((len(self.own), len(self.past.row)), np.float32)
        overlap[:, self.has_text] = (self.inputs.lexicon.project(words).astype(np.float32) @ self.lexical).toarray()
        return overlap

    def same(self, what):
        known = getattr(self.past, f"{what}_code")
        own = np.array([known.get(word(one, what), -2) for one in self.startups])
        return (own[:, None] == getattr(self.past, what)[None]).astype(np.float32)

    def sums(self, alike, recency=None):
        weight = self.recency if recency is None else recency.astype(np.float32)
        return np.asarray((alike * self.others) @ (sparse.diags_array(weight) @ self.group))

    def known(self, values, says):
        return np.where(self.has_past & self.says.get(says, np.ones(len(values), bool))[:, None], values, np.nan)

    def lift(self, alike, says, drawn, recency=None, expected=0.0):
        """As steps/past_fit.py compares a share with everybody's. expected: the log of what else would be usual."""
        weight = self.recency if recency is None else recency.astype(np.float32)
        told = self.told(says).astype(np.float32)
        alike = alike * told
        total, everybody = (alike * self.others) @ weight, (told * self.others) @ weight
        share = np.divide(total, everybody, out=np.zeros_like(total), where=everybody > 0)
        usual = np.maximum(share, LEAST_SHARE)[:, None] * np.exp(expected)
        own = self.sums(told, weight)
        value = np.log((self.sums(alike, weight) + drawn * usual) / ((own + drawn) * usual))
        return np.where((share > 0)[:, None] & (own > 0), self.known(value, says), np.nan)

    def told(self, says):
        """Which companies say what is compared."""
        there = {
            "country": self.past.country >= 0,
            "sector": self.past.sector_count > 0,
            "city": self.past.city >= 0,
            "raise": ~np.isnan(self.past.raising),
            "kindred": self.kindred > 0,
        }.get(says, True)
        return np.broadcast_to(there, self.others.shape)

    def pooled(self, alike, recency=None):
        return self.beyond_mean(np.log1p(self.sums(alike, recency)), "text")

    def beyond_mean(self, logs, says):
        """Less the mean over partners with a past."""
        mean = np.where(self.has_past, logs, 0).sum(axis=1) / np.maximum(1, self.has_past.sum(axis=1))
        return self.known(logs - mean[:, None], says)

    def closeness(self, sharpness=SHARPNESS, cosine=None, country=True, sector=True):
        close = np.expm1(sharpness * np.maximum((self.cosine if cosine is None else cosine) - CLOSE_FROM, 0))
        return close * (OTHER + self.country if country else 1) * (OTHER + self.sector if sector else 1)

    def best(self, alike, count):
        """The mean of each partner's best so many."""
        value = np.full((len(alike), len(self.past.bounds)), np.nan, np.float32)
        for partner, (start, stop) in enumerate(self.past.bounds):
            if start < stop:
                part = np.where(self.others[:, start:stop] > 0, alike[:, start:stop], 0)
                most = min(count, stop - start)
                value[:, partner] = np.partition(part, -most, axis=1)[:, -most:].mean(axis=1)
        return self.known(value, "text")

    def faded(self, years):
        """Recency with another half life; None: none."""
        return np.ones_like(self.recency) if years is None else self.recency ** (HALF_LIFE_YEARS / years)


def word(startup, what):
    return city_word(startup.country, startup.city) if what == "city" else getattr(startup, what) or ""


def _near(own, theirs, width):
    apart = np.abs(own[:, None] - theirs[None])
    return np.exp(-np.where(np.isnan(apart), np.inf, apart) / width).astype(np.float32)


def as_shipped(side, recency=None):
    """The past features as the product computes them, to check this file by and to change the half life of."""
    everything = np.ones_like(side.others)
    return {
        "past_active": side.beyond_mean(np.log1p(side.sums(everything, recency)), "all"),
        "past_country": side.lift(side.country, "country", SHARED_PAST, recency),
        "past_sector": side.lift(side.sector, "sector", SHARED_PAST, recency),
        "past_place": side.lift(side.place, "city", SHARED_PLACE, recency),
        "past_kindred": side.lift(side.kindred, "kindred", SHARED_LIKENESS, recency),
        "past_close": side.pooled(side.close, recency),
    }


def kindred(raises=1.0, years=1.0, stages=STAGE, city=0.0):
    def column(side):
        exponent = raises * side.raises + years * side.years + stages * side.stages
        if city:
            exponent = exponent + city * side.same("city")
        return side.lift(np.exp(exponent), "kindred", SHARED_LIKENESS)

    return column


def alike_by_partners(side, what):
    """How alike countries or sectors are, as steps/cities.py has it of cities: the same partners go to both."""
    if what == "country":
        code, count = side.past.country, len(side.past.country_code)
        own = codes([one.country or "" for one in side.startups], dict(side.past.country_code))
        own = one_hot([(str(one),) if 0 <= one < count else () for one in own], {str(at): at for at in range(count)})
        member = one_hot([(str(one),) if one >= 0 else () for one in code], {str(at): at for at in range(count)})
        table = city_likeness(city_counts(code, side.past.group, count)).toarray()
    else:
        member = sparse.csr_matrix(side.past.sectors)
        count = member.shape[1]
        own = one_hot([one.sectors for one in side.startups], side.past.sector_column)
        company, sector = member.nonzero()
        table = city_likeness(city_counts(sector.astype(np.int32), side.past.group[company], count)).toarray()
    if not count:
        return np.zeros_like(side.others)
    own = own / np.maximum(np.asarray(own.sum(axis=1)), 1)
    theirs = member / np.maximum(np.asarray(member.sum(axis=1)), 1)
    soft = np.asarray((theirs @ np.asarray(own @ table).T).T, np.float32)
    return np.maximum(soft, side.country if what == "country" else side.sector)


def with_vocabulary(side):
    """The startup's words and those of its sectors' labels and aliases."""
    table = {term.id: " ".join((term.label, *term.aliases)) for term in side.inputs.vocabulary.sectors}
    more = [" ".join(table.get(tag, tag) for tag in one.sectors) for one in side.startups]
    return [(*own, *side.inputs.tokenizer.words(text)) for own, text in zip(side.words, more, strict=True)]


def with_neighbours(side, count=5):
    """The startup's words and those of the earlier companies nearest in meaning."""
    near = np.argsort(-side.cosine * side.others, axis=1, kind="stable")[:, :count]
    texts = side.inputs.text_words
    said = lambda row: Counter(w for at in row if side.past.row[at] >= 0 for w in texts[side.past.row[at]])  # noqa: E731
    return [
        (*own, *(word for word, times in said(row).items() if times > 1))
        for own, row in zip(side.words, near, strict=True)
    ]


def projected(side, how, shrink=0.5):
    """Cosines after a linear map of the frozen vectors, learned on the earlier companies alone."""
    vectors, own = side.vectors[side.has_text], side.own
    if len(vectors) < 10:
        return side.cosine
    centre = vectors.mean(axis=0)
    if how == "whitened":
        root = _inverse_root(np.cov(vectors.T), shrink)
    elif how == "told apart":
        partner = side.group[side.has_text].argmax(axis=1)
        mean = np.zeros((side.group.shape[1], vectors.shape[1]))
        np.add.at(mean, partner, vectors)
        mean /= np.maximum(np.bincount(partner, minlength=len(mean)), 1)[:, None]
        root = _inverse_root(np.cov((vectors - mean[partner]).T), shrink)
    else:
        root = np.eye(vectors.shape[1])
    mapped, asked = (side.vectors - centre) @ root, (own - centre) @ root
    mapped /= np.maximum(np.linalg.norm(mapped, axis=1, keepdims=True), 1e-9)
    asked /= np.maximum(np.linalg.norm(asked, axis=1, keepdims=True), 1e-9)
    return (asked @ mapped.T).astype(np.float32) * (side.past.row >= 0)


def _inverse_root(covariance, shrink):
    """The inverse root of a covariance drawn towards a multiple of the identity."""
    usual = np.trace(covariance) / len(covariance)
    value, vector = np.linalg.eigh((1 - shrink) * covariance + shrink * usual * np.eye(len(covariance)))
    return vector @ np.diag(1 / np.sqrt(value)) @ vector.T


def ridge(side, penalty=30.0, drawn=3.0):
    """The share of a partner as a ridge regression foretells it from place, country, sector, stage, size, age, text."""
    past = side.past

    def marks(own, theirs, names):
        at = {name: place for place, name in enumerate(names)}
        return one_hot(own, at), one_hot(theirs, at)

    def coded(what):
        names = [str(one) for one in range(len(getattr(past, f"{what}_code")))]
        known, code = getattr(past, f"{what}_code"), getattr(past, what)
        said = [word(one, what) for one in side.startups]
        own = [(str(known[word]),) if word in known else () for word in said]
        return marks(own, [(str(one),) if one >= 0 else () for one in code], names)

    def steps(own, theirs, at, width):
        near = [np.nan_to_num(np.exp(-(((one[:, None] - at) / width) ** 2))) for one in (own, theirs)]
        return tuple(sparse.csr_matrix(one) for one in near)

    size = log_pounds([one.raising for one in side.startups], side.inputs.rates)
    parts = [coded("city"), coded("country"), coded("stage")]
    parts.append((one_hot([one.sectors for one in side.startups], past.sector_column), past.sectors))
    parts.append(steps(size, past.raising, np.arange(9, 20), 1.0))
    parts.append(steps(founded_years(side.startups), past.founded, np.arange(1996, 2022, 2), 2.0))
    parts.append((sparse.csr_matrix(side.own), sparse.csr_matrix(side.vectors)))
    parts.append(tuple(sparse.csr_matrix(np.ones((size_, 1))) for size_ in side.others.shape))
    own, theirs = (sparse.hstack([part[at] for part in parts]).tocsr() for at in (0, 1))
    weighted = theirs.T @ sparse.diags_array(side.recency)
    normal = (weighted @ theirs).toarray() + penalty * np.eye(theirs.shape[1])
    told = np.maximum(own @ np.linalg.solve(normal, (weighted @ side.group).toarray()), 0)
    usual = (side.group.T @ side.recency) / side.recency.sum() + 1e-7
    return side.known(np.log((told + drawn * usual) / (usual * (1 + drawn))), "all")


def fused_ranks(side):
    """Reciprocal rank fusion (Cormack 2009) of the neighbours in meaning and in words."""
    place = [np.argsort(np.argsort(-one, axis=1), axis=1) for one in (side.cosine, side.overlap)]
    return side.pooled(sum(1000 / (60.0 + one) for one in place).astype(np.float32))


def votes(side, count=50):
    """The share of the nearest companies that are the partner's."""
    if side.cosine.shape[1] <= count:
        return side.pooled(np.maximum(side.cosine, 0))
    last = np.partition(side.cosine, -count, axis=1)[:, -count, None]
    return side.pooled(np.where(side.cosine >= last, np.maximum(side.cosine, 0), 0))


def peers(side, alike, says, drawn=3.0):
    """The same comparison of the past of those who backed the same companies."""
    _, company = np.unique(side.past.name.astype(np.int64) * 10**8 + side.past.text, return_inverse=True)
    member = sparse.csr_array((np.ones(len(company)), (company, np.arange(len(company)))))
    together = (member @ side.past.group).minimum(1) if len(company) else side.past.group
    with_whom = (together.T @ together).toarray().astype(np.float32)
    np.fill_diagonal(with_whom, 0)
    with_whom /= with_whom.sum(axis=1, keepdims=True) + 1e-9
    share = (alike * side.others) @ side.recency / np.maximum(side.others @ side.recency, 1e-9)
    usual = np.maximum(share, LEAST_SHARE)[:, None]
    theirs, number = side.sums(alike) @ with_whom.T, side.sums(np.ones_like(alike)) @ with_whom.T
    return side.known(np.log((theirs + drawn * usual) / ((number + drawn) * usual)), says)


def both(side, drawn):
    """Country and sector together, beyond what the two say one by one."""
    expected = side.lift(side.country, "country", drawn) + side.lift(side.sector, "sector", drawn)
    return side.lift(side.country * side.sector, "sector", drawn, expected=np.nan_to_num(expected))


def home(side):
    """1 where the partner is of the startup's country."""
    own = np.array([one.country or "" for one in side.startups])
    theirs = np.array([one.country or "?" for one in side.inputs.partners])
    same = (own[:, None] == theirs[None]).astype(np.float32)
    return np.where((own == "")[:, None] | (theirs == "?")[None], np.nan, same)


def close(**how):
    return {"past_close": lambda side: side.pooled(side.closeness(**how))}


def past_with(years):
    """Every past feature with another half life."""
    return {name: lambda side, name=name: as_shipped(side, side.faded(years))[name] for name in PAST}


def words_of(more):
    return {"earlier_words": lambda side: side.best(side.overlap_of(more(side)), 3)}


def best_of(count):
    return {"past_close": lambda side: side.best(side.cosine, count)}


def mapped(how, shrink=0.5):
    return {"past_close": lambda side: side.pooled(side.closeness(cosine=projected(side, how, shrink)))}


def drawn(name, alike, says, count):
    return {name: lambda side: side.lift(getattr(side, alike), says, count)}


def less_the_usual(name):
    """What a thesis says of a startup, less what theses say of it on average, before deeds outweigh it."""

    def column(side):
        said = _SAID / (_SAID + side.others @ side.group)
        value = side.shipped[name] / said
        return (value - np.nanmean(value, axis=1, keepdims=True)) * said

    return {name: column}
