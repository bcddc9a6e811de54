"""Words written loosely are understood, and an exclusion shuts out no more than it says."""

from matcher.domain.vocabulary import hub_id
from matcher.wiring import reference

WORDS = reference().vocabulary


def test_a_narrower_word_is_kept_behind_its_sector_but_does_not_exclude_it():
    assert WORDS.sector("Drug discovery") == "biotech"
    assert WORDS.sector_tags("Drug Discovery") == ("biotech", "drug discovery")
    assert WORDS.sector_tags("life sciences") == ("biotech",)
    assert WORDS.sector_tags("Beekeeping") == ("beekeeping",)
    assert WORDS.excluded("Drug discovery") == ("drug discovery",)
    assert WORDS.excluded("Biotechnology") == ("biotech",)
    assert WORDS.excluded("drones") == ("robotics",)


def test_an_exclusion_means_everything_of_that_name():
    assert WORDS.excluded("Blockchain") == ("crypto", "blockchain")
    assert WORDS.excluded("3D printing") == ("3d-printing", "3d printing")


def test_a_sector_and_a_narrower_word_lie_within_wider_ones():
    assert WORDS.wider("crypto") == ("crypto", "fintech")
    assert WORDS.wider("drug discovery") == ("drug discovery", "biotech", "health")
    assert WORDS.wider("a free tag") == ("a free tag",)


def test_labels_and_countries_stand_well_in_a_sentence():
    assert WORDS.label("digital-health") == "digital health"
    assert WORDS.label("a free tag") == "a free tag"
    assert WORDS.country("GB") == "the United Kingdom"
    assert WORDS.country("KE") == "Kenya"


def test_a_hub_is_the_same_however_it_is_written():
    assert hub_id("South Africa") == hub_id("south-africa") == hub_id("SOUTH_AFRICA") == "south-africa"
