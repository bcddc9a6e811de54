"""An id that is not there: which one may be meant, or what it is an id of."""

import pytest

from matcher.errors import NotFound
from matcher.steps.lookup import check_known

KNOWN = ("su-001-pulsefern", "su-002-noon-ward", "su-003-second-glance", "su-004-denti-kol", "su-010-a", "su-011-b")


def said(wanted, known=KNOWN, **more):
    with pytest.raises(NotFound) as refusal:
        check_known(wanted, known, "startup", "import it.", **more)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("wanted", "meant"),
    [
        ("SU-001-PULSEFERN", "'su-001-pulsefern'"),
        ("su-002", "'su-002-noon-ward'"),
        ("SU-002", "'su-002-noon-ward'"),
        ("su-002-no", "'su-002-noon-ward'"),
        ("su-002-on", "'su-002-noon-ward'"),
        ("su-01", "'su-010-a' or 'su-011-b'"),
        ("su-00", "'su-001-pulsefern', 'su-002-noon-ward' or 'su-003-second-glance'"),
        ("su-1-pulsefern", "'su-001-pulsefern'"),
    ],
)
def test_what_differs_in_capitals_or_begins_an_id_is_named_before_what_looks_alike(wanted, meant):
    assert said(wanted) == f"There is no startup '{wanted}'; did you mean {meant}?"


def test_what_is_like_nothing_gets_the_way_out():
    assert said("zzz") == said("zzz", KNOWN[:1]) == "There is no startup 'zzz'; import it."


def test_an_id_of_the_other_side_is_told_to_be_one():
    partners = ("pa-001-corvane",)
    assert said("pa-001-corvane", others={"partner": (partners, "say --partner.")}) == (
        "There is no startup 'pa-001-corvane': it is a partner; say --partner."
    )


def test_where_there_are_none_at_all_that_is_said():
    assert said("su-001", ()) == "There is no startup 'su-001': the workspace holds no startups yet; import it."
