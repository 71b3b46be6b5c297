import pytest

from ringback.domain.waits import LONGEST, Part, Wait, WaitUnit, describe_wait, parse_wait

PHRASES = [
    ("10 minutes", Wait(WaitUnit.MINUTES, 10)),
    ("1 hour", Wait(WaitUnit.HOURS, 1)),
    ("4 working hours", Wait(WaitUnit.WORKING_HOURS, 4)),
    ("half a working day", Wait(WaitUnit.HALF_WORKING_DAYS, 1)),
    ("3 half working days", Wait(WaitUnit.HALF_WORKING_DAYS, 3)),
    ("1 business day", Wait(WaitUnit.BUSINESS_DAYS, 1)),
    ("3 business days", Wait(WaitUnit.BUSINESS_DAYS, 3)),
    ("2 days", Wait(WaitUnit.DAYS, 2)),
    ("1 month", Wait(WaitUnit.MONTHS, 1)),
    ("at once", Wait(WaitUnit.DAY_PART, part=Part.NOW)),
    ("this afternoon", Wait(WaitUnit.DAY_PART, part=Part.THIS_AFTERNOON)),
    ("end of the day", Wait(WaitUnit.DAY_PART, part=Part.END_OF_DAY)),
    ("next morning", Wait(WaitUnit.DAY_PART, part=Part.NEXT_MORNING)),
    ("next half day", Wait(WaitUnit.DAY_PART, part=Part.NEXT_HALF_DAY)),
]

OTHER_WORDS = [
    ("  Three   Business Days ", "3 business days"),
    ("a minute", "1 minute"),
    ("half an hour", "30 minutes"),
    ("half a day", "half a working day"),
    ("two weeks", "14 days"),
    ("1 year", "12 months"),
    ("5 working days", "5 business days"),
    ("3 business_days", "3 business days"),
    ("near the end of the day", "end of the day"),
    ("now", "at once"),
    ("1 half-working-day", "half a working day"),
]


@pytest.mark.parametrize(("phrase", "wait"), PHRASES)
def test_wait_is_read_and_described_alike(phrase: str, wait: Wait) -> None:
    assert parse_wait(phrase) == wait
    assert describe_wait(wait) == phrase


@pytest.mark.parametrize(("written", "plain"), OTHER_WORDS)
def test_wait_in_other_words_means_the_same(written: str, plain: str) -> None:
    assert describe_wait(parse_wait(written)) == plain


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("3 busines days", "3 business days"),
        ("1 busines day", "1 business day"),
        ("ten minuts", "ten minutes"),
        ("this aftrnoon", "this afternoon"),
        ("half working day", "half a working day"),
        ("nex morning", "next morning"),
    ],
)
def test_misspelt_wait_says_what_was_meant(written: str, meant: str) -> None:
    with pytest.raises(ValueError, match=f"“{written}” is not a wait; did you mean “{meant}”"):
        parse_wait(written)


@pytest.mark.parametrize("written", ["", "soon", "when they are ready", "days", "3", "3.5 days", "-2 days", "٣ days"])
def test_text_that_is_no_wait_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="is not a wait"):
        parse_wait(written)


@pytest.mark.parametrize("written", ["0 days", "0 minutes", "4000 days", "999999999 months", "200 years"])
def test_wait_of_nothing_or_of_ages_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="is not between 1 and"):
        parse_wait(written)


@pytest.mark.parametrize("unit", LONGEST)
def test_longest_wait_of_each_unit_is_read_back(unit: WaitUnit) -> None:
    wait = Wait(unit, LONGEST[unit])
    assert parse_wait(describe_wait(wait)) == wait


def test_part_of_a_day_belongs_to_day_part_alone() -> None:
    with pytest.raises(ValueError, match="names the part"):
        Wait(WaitUnit.DAY_PART)
    with pytest.raises(ValueError, match="names the part"):
        Wait(WaitUnit.DAYS, 1, Part.NOW)
