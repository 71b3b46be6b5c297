"""What every source of holidays promises, and what the library's knows."""

from datetime import date, time

import pytest

from ringback.adapters.holidays import (
    FixedHolidays,
    HolidaySource,
    LibraryHolidays,
    Region,
    UnknownRegion,
    calendar_facts,
    hard_stop,
    list_regions,
)
from ringback.domain.working_time import NoWorkingMoment, Window

UNITY_DAYS = {date(year, 10, 3): "German Unity Day" for year in (2024, 2025, 2026)}
FIXED = FixedHolidays({"DE": UNITY_DAYS, "DE-BY": UNITY_DAYS | {date(2025, 1, 6): "Epiphany"}, "FR": {}})


@pytest.fixture(params=[LibraryHolidays(), FIXED], ids=["library", "fixed"])
def source(request: pytest.FixtureRequest) -> HolidaySource:
    return request.param


def test_holidays_are_those_of_the_years_asked_for(source: HolidaySource) -> None:
    facts = source.calendar_facts("DE", [2026, 2025])
    assert facts.holidays[date(2025, 10, 3)] == "German Unity Day"
    assert {day.year for day in facts.holidays} == {2025, 2026}
    assert source.calendar_facts("DE", []).holidays == {}


def test_part_of_a_country_has_more_holidays(source: HolidaySource) -> None:
    epiphany = date(2025, 1, 6)
    assert source.calendar_facts("DE-BY", [2025]).holidays[epiphany] == "Epiphany"
    assert epiphany not in source.calendar_facts("DE", [2025]).holidays


def test_no_region_has_no_holidays(source: HolidaySource) -> None:
    facts = source.calendar_facts("", [2025])
    assert (facts.region, facts.holidays, facts.workdays) == ("", {}, frozenset(range(5)))
    assert facts.hard_stop == Window(time(8), time(20))


def test_region_is_read_in_any_case(source: HolidaySource) -> None:
    assert source.calendar_facts(" de-by ", [2025]) == source.calendar_facts("DE-BY", [2025])


def test_holidays_cannot_be_changed_by_a_reader(source: HolidaySource) -> None:
    with pytest.raises(TypeError):
        source.calendar_facts("DE", [2025]).holidays[date(2025, 5, 5)] = "Mine"  # type: ignore[index]


@pytest.mark.parametrize("region", ["XX", "DE-XX", "Nowhere", "-", "DE-", "-BY", "DE-BY-1"])
def test_unknown_region_is_refused(source: HolidaySource, region: str) -> None:
    with pytest.raises(UnknownRegion, match="is not a region we know holidays of"):
        source.calendar_facts(region, [2025])


def test_listed_regions_can_be_asked_for(source: HolidaySource) -> None:
    codes = [region.code for region in source.list_regions()]
    assert len(codes) == len(set(codes))
    assert {"DE", "DE-BY", "FR"} <= set(codes)
    for code in codes[:: max(1, len(codes) // 40)]:
        assert source.calendar_facts(code, [2025]).region == code


def test_calendar_of_a_region_stays_inside_its_legal_hours(source: HolidaySource) -> None:
    calendar = source.calendar_facts("FR", [2025]).as_calendar(("Europe/Paris",))
    assert calendar.window == Window(time(10), time(18))
    with pytest.raises(NoWorkingMoment, match="permitted hours 10:00–20:00"):
        source.calendar_facts("FR", [2025]).as_calendar(("Europe/Paris",), Window(time(8), time(10)))


@pytest.mark.parametrize(
    ("region", "day", "name"),
    [
        ("GB-ENG", date(2025, 8, 25), "Late Summer Bank Holiday"),
        ("US-CA", date(2025, 11, 27), "Thanksgiving Day"),
        ("FR", date(2025, 7, 14), "National Day"),
        ("JP", date(2025, 11, 3), "Culture Day"),
        ("NZ", date(2025, 2, 6), "Waitangi Day"),
        ("FR-6AE", date(2025, 4, 18), "Good Friday"),
    ],
)
def test_holidays_are_named_in_english(region: str, day: date, name: str) -> None:
    assert calendar_facts(region, [2025]).holidays[day] == name


@pytest.mark.parametrize(
    ("region", "workdays"),
    [("DE", {0, 1, 2, 3, 4}), ("IL", {6, 0, 1, 2, 3}), ("SA", {6, 0, 1, 2, 3}), ("AE", {0, 1, 2, 3, 4})],
)
def test_weekend_is_the_countrys_own(region: str, workdays: set[int]) -> None:
    assert calendar_facts(region, [2025]).workdays == workdays


@pytest.mark.parametrize(
    ("region", "hours"),
    [
        ("US", (time(8), time(20))),
        ("US-CA", (time(8), time(20))),
        ("US-CT", (time(9), time(20))),
        ("CA-QC", (time(9), time(21, 30))),
        ("FR", (time(10), time(20))),
        ("DE-BY", (time(8), time(20))),
        ("", (time(8), time(20))),
    ],
)
def test_hard_stop_of_a_region(region: str, hours: tuple[time, time]) -> None:
    assert hard_stop(region) == Window(*hours)


def test_us_state_never_calls_outside_the_countrys_hours() -> None:
    states = [region.code for region in list_regions() if region.code.startswith("US-")]
    assert all(hard_stop(state).open >= time(8) and hard_stop(state).close <= time(20) for state in states)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Germany", "DE \\(Germany\\)"),
        ("Untied States", "US \\(United States\\)"),
        ("US-CAL", "US-CA"),
        ("DE-BAY", "DE-BY"),
    ],
)
def test_unknown_region_names_what_was_meant(written: str, meant: str) -> None:
    with pytest.raises(UnknownRegion, match=meant):
        calendar_facts(written, [2025])


def test_regions_are_listed_by_name() -> None:
    regions = list_regions()
    names = [region.name.casefold() for region in regions]
    assert names == sorted(names)
    assert Region("DE", "Germany") in regions
    assert Region("US-CA", "United States, California") in regions
    assert Region("FR-971", "France, Guadeloupe") in regions
    assert not [region for region in regions if "Zone" in region.code]


def test_facts_of_a_region_are_worked_out_once() -> None:
    assert calendar_facts("DE-BY", [2025, 2026]) is calendar_facts("de-by", (2026, 2025))
