"""Settings travel through the environment unchanged, and bad ones are refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.releases import Manifest
from server.config import Config, InvalidSetting
from server.serving.origin import Found

PATHS = st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=0x24F), min_size=1, max_size=30).map(Path)


@given(
    st.builds(
        Config,
        dataset=PATHS,
        host=st.sampled_from(["127.0.0.1", "::1", "localhost"]),
        port=st.integers(0, 65535),
        workers=st.integers(1, 256),
        query_socket=st.none() | PATHS,
        store=st.sampled_from([None, "sparql:http://127.0.0.1:7878/query"]),
        query_workers=st.integers(1, 256),
        query_engine=st.sampled_from(["memory", "disk"]),
        query_deadline=st.floats(0.001, 3600),
        query_memory=st.integers(1 << 20, 1 << 40),
        result_bytes=st.integers(1 << 10, 1 << 40),
        cache_bytes=st.integers(0, 1 << 40),
        offered=st.none() | st.dictionaries(st.text(max_size=9), st.text(max_size=9)),
        runtime=st.none() | PATHS,
        found=st.none() | st.builds(Found, manifest=st.none() | st.builds(Manifest)),
        log_requests=st.booleans(),
        contact=st.sampled_from([None, "a.b+c@example.org", "https://example.org/report?about=data"]),
    )
)
def test_a_configuration_survives_the_environment(config: Config) -> None:
    """What `serve` writes, a worker reads back."""
    assert Config.from_environ(config.to_environ()) == config


def test_everything_but_the_dataset_has_a_default() -> None:
    """Other variables are none of our business, and an empty one counts as not set."""
    config = Config.from_environ({"BATTLEGRAPH_DATASET": "a.nq", "BATTLEGRAPH_PORT": "", "PATH": "/bin"})
    assert config == Config(Path("a.nq"))
    assert config.port == 8000


def test_a_configuration_without_a_socket_says_nothing_of_one() -> None:
    """The absence of a query service is the absence of its variable."""
    assert "BATTLEGRAPH_QUERY_SOCKET" not in Config(Path("a.nq")).to_environ()


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("PORT", "http", "BATTLEGRAPH_PORT is 'http'"),
        ("PORT", "65536", "port is 65536"),
        ("PORT", "-1", "port is -1"),
        ("WORKERS", "0", "workers is 0"),
        ("QUERY_WORKERS", "1000", "query_workers is 1000"),
        ("QUERY_DEADLINE", "0", "query_deadline is 0"),
        ("QUERY_DEADLINE", "nan", "query_deadline is nan"),
        ("QUERY_DEADLINE", "inf", "query_deadline is inf"),
        ("QUERY_MEMORY", "1.5", "BATTLEGRAPH_QUERY_MEMORY is '1.5'"),
        ("RESULT_BYTES", "1", "result_bytes is 1"),
        ("CACHE_BYTES", "-1", "cache_bytes is -1"),
        ("CONTACT", "somebody", "contact is 'somebody'"),
        ("CONTACT", "a@b@c", "contact is 'a@b@c'"),
        ("CONTACT", "a@example.org?cc=b@example.org", "contact is"),
        ("CONTACT", "javascript:alert(1)", "contact is"),
        ("CONTACT", "https://example.org/ x", "contact is"),
        ("CONTACT", "https://", "contact is"),
    ],
)
def test_a_setting_out_of_range_is_refused_by_name(variable: str, value: str, words: str) -> None:
    """The message says which setting, and what it may be."""
    with pytest.raises(InvalidSetting, match=words) as raised:
        Config.from_environ({"BATTLEGRAPH_DATASET": "a.nq", f"BATTLEGRAPH_{variable}": value})
    assert "must be" in str(raised.value)


def test_a_missing_dataset_is_told() -> None:
    """There is nothing to serve without one."""
    with pytest.raises(InvalidSetting, match="BATTLEGRAPH_DATASET is not set"):
        Config.from_environ({})
