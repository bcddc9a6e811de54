"""Words that may be rare in a set of profiles, and still tell a reader nothing of what a company does.

They count as shared words like any others; a reason quotes them only where there is nothing better.
"""

from __future__ import annotations

from collections.abc import Iterator

# Written for this project, in the form that `Tokenizer` gives words.
_WRITTEN = """
    able accelerate accept access accessible accurate achieve across act action actionable active activity actual
    adapt adaptive add address advance advantage affordable age agency aim allow alternative amazing amount
    anonymous anywhere application apply area arm art assess asset assist audience automate available award aware
    back balance bar base basic beautiful behavior behaviour benefit block board body book boost bottom box brand
    break bring broad build bus business businesse busy button buy cancel capture care carry catch category cause
    center centre certain certify challenge chance change channel charge check child choice choose circle city clean
    clear click client close club collect combine comfort comfortable commercial common communicate community
    compact compare compete competition complete complex comprehensive concept condition confidence connect consider
    content context continue continuous control convenience convenient convert core corner cost council count
    country county course cover create creation critical cross crucial curate curious current custom customer
    customise customize cut cycle daily day deal decide decision declare decline dedicate deep delight deliver
    demand democratise democratize depend deploy describe design desk detail develop device difference different
    difficult direct discover discuss distribute dollar door double draw drive drop dynamic ease easy economy edge
    effective efficient effort effortless eliminate embrace empower enable engage enhance enjoy ensure enter entire
    environment equip era error essential establish evaluate event evolve exact exchange excite exist expand expect
    expense expensive experience expert explain explore extend extra face facilitate fact factor fail fair fast
    favorite favourite feature fee feed feel field fight fill filter final fine fit fix flexible flow focus follow
    foot force form format forward frame free fresh friction frictionless friend friendly fun function future gain
    gap general generate generation global goal grade grant grid ground group grow guarantee guide handle happen
    happy hassle head headquarter healthy hear help hidden high history hour house human idea identify image impact
    implement important improve include income increase independent individual industry inefficient influence inform
    information innovate innovation innovative insert insight inspire instant institution integrate intelligent
    interact interactive interest interface international interpret introduce intuitive invent involve issue item
    join journey key know label latest launch lay layer lead learn lens lesson level leverage library lift light
    limit link list listen live load local location lose lost love low machine main maintain major manage manager
    manual manufacturer map mark market marketplace mass master match material matter maximise maximize meaning
    meaningful measure medium meet member merge message method middle mile minimum minute miss mission mix mobile
    mode model modern modular moment monitor monthly motion move multi multiple narrative native natural navigate
    nearby need network news non normal note notice novel object occur offer office official online open operate
    operator opportunity optimal optimise optimize option order organic organise organize original outcome outdated
    overcome owner pace pack page pair paper partner pass passion path pattern peer people perform performance
    period permanent person personal personalise personalize phase phone physical pick piece pioneer place plan
    plate platform play plug plus point popular portfolio position positive possible post potential power powerful
    practice precise predict prefer premium prepare present press prevent previous price primary prior private pro
    problem process produce producer product production professional profile profit program project promise promote
    proper proprietary protect prove provide provider public publish pull purchase pure purpose push quality
    quantity question quick radical raise range rapid rate reach react ready realise realize reason receive recent
    recommend record recorded recover reduce reference reflect regardless regional regular reimagine reinvent
    related relationship release relevant reliable relief rely remain remember remind remote remove rent replace
    reply report represent request require resist resolve resource respond rest result return reveal review
    revolution revolutionary revolutionise revolutionize ring rise risk road role room root round rule safe sale
    sample satisfy save scalable scale scene schedule school scope score screen seamless search secret sector select
    self sell sense separate series serve sery session shape share shift ship shop show side sign significant
    similar simple simplify single site situation size skill slow smart smooth social solid solution solve source
    space spare speak special specialise specialist specialize specific speed spend sponsor spot spread staff stage
    stand standard start state station stay step stick stock stop store story strategy stream streamline strength
    stress strong structure student studio study style subject success successful suffer suggest suit suite sum
    super supplier support sure surface surprise sustain swap switch tab table tackle tag tailor talk target task
    taste team tell term test text theme think throw tie tight tip together tool top topic total touch tough track
    trade tradition traditional train transfer transform transparent trip truly trust truth try turn type ultimate
    ultra unattributed uncover undated understand undisclosed unify unique unit unite universal unknown unleash
    unlock update upgrade usage use useful user utilise utilize valuable value variety various vendor venture verify
    version via victim view virtual visible vision visit visual voice volume wait wake walk wall want waste watch
    way week weight welcome wide wish wonder world worldwide worry worth wrap write year yield young
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter
"""
_WORDS = frozenset(_WRITTEN.split())
_ENDINGS = ("ing", "ed", "er", "est", "ly", "d")


def is_everyday(word: str) -> bool:
    """Whether a word as `Tokenizer` gives it, or what it is a form of, is one of them."""
    return any(stem in _WORDS for stem in _stems(word))


def _stems(word: str) -> Iterator[str]:
    """The word, and what is left of it without an English ending: "easiest" is "easy", "booked" is "book"."""
    yield word
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            yield stem
            yield f"{stem}e"
            if stem.endswith("i"):
                yield f"{stem[:-1]}y"
            if stem[-1] == stem[-2]:
                yield stem[:-1]
