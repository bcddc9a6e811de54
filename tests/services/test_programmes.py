"""A programme file is checked against the hubs there are: the network's, and those that startups here name."""

import pytest

from matcher.errors import BadInput, NotFound
from matcher.services.programmes import add_programme, read_programme, show_programme
from tests.builders import a_startup
from tests.workspaces import a_workspace, put


def a_file(folder, said):
    file = folder / "mine.toml"
    file.write_text(f'id = "mine"\nname = "Mine"\nedition = 2027\n{said}\n', encoding="utf-8")
    return file


def test_a_hub_that_a_startup_here_names_is_known(tmp_path):
    file = a_file(tmp_path, 'hubs = ["niger"]')
    workspace = a_workspace(tmp_path / "workspace")
    with pytest.raises(BadInput, match=r"mine\.toml: 'niger' is no hub; did you mean 'nigeria'\.$"):
        read_programme(workspace, file)
    put(workspace, [a_startup(hub="niger")])
    assert read_programme(workspace, file).notes == ()


def test_a_hub_before_its_startups_is_noted_and_taken(tmp_path):
    workspace = a_workspace(tmp_path / "workspace")
    read = add_programme(workspace, a_file(tmp_path, 'hubs = ["ghana"]'))
    assert read.notes == ("No hub and no startup here is known by 'ghana'; it counts for startups that name it.",)
    assert show_programme(workspace, "mine").hubs == ("ghana",)


def test_a_group_of_countries_is_written_out_in_the_edition(tmp_path):
    workspace = a_workspace(tmp_path / "workspace")
    add_programme(workspace, a_file(tmp_path, 'countries = ["KE", "d5", "GB"]'))
    assert show_programme(workspace, "mine").countries == ("KE", "EE", "GB", "IL", "KR", "NZ")


def test_an_unlike_name_among_countries_is_refused_with_the_groups(tmp_path):
    workspace = a_workspace(tmp_path / "workspace")
    with pytest.raises(BadInput, match=r"'countries' is 'D6'; write 'D5' if you mean that group"):
        read_programme(workspace, a_file(tmp_path, 'countries = ["D6"]'))
    with pytest.raises(BadInput, match=r"'Kenya'; write ISO 3166 .* or a group of countries: D5, hub-network"):
        read_programme(workspace, a_file(tmp_path, 'countries = ["Kenya"]'))
    with pytest.raises(BadInput, match="a list of texts"):
        read_programme(workspace, a_file(tmp_path, "countries = [5]"))


def test_nothing_is_kept_of_a_file_with_a_fault(tmp_path):
    workspace = a_workspace(tmp_path / "workspace")
    with pytest.raises(BadInput):
        add_programme(workspace, a_file(tmp_path, 'hubs = ["kenia"]'))
    with pytest.raises(NotFound, match="There is no programme 'mine'"):
        show_programme(workspace, "mine")
