"""The names of days and months in the languages of automatic answers, case-folded."""

from __future__ import annotations

_MONTHS = (
    "january jan januar jän jänner janvier janv enero ene gennaio gen januari janeiro styczeń stycznia января ledna",
    "february feb februar février févr fevr febrero febbraio februari fevereiro fev luty lutego февраля února",
    "march mar märz mrz maerz mars marzo maart mrt março marzec marca марта marts března",
    "april apr avril avr abril abr aprile kwiecień kwietnia апреля dubna",
    "may mai mayo maggio mag mei maio maj maja мая května",
    "june jun juni juin junio giugno giu junho czerwiec czerwca июня června",
    "july jul juli juillet juil julio luglio lug julho lipiec lipca июля července",
    "august aug août aout agosto ago augustus sierpień sierpnia августа augusti srpna",
    "september sept sep septembre septiembre settembre set setembro wrzesień września сентября září",
    "october oct oktober okt octobre octubre ottobre ott outubro out październik października октября října",
    "november nov novembre noviembre novembro listopad listopada ноября listopadu",
    "december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro grudzień grudnia декабря"
    " desember prosince",
)
_WEEKDAYS = (
    "monday mon montag mo lundi lunes lunedì maandag segunda-feira poniedziałek понедельник mandag måndag",
    "tuesday tue tues dienstag di mardi martes martedì dinsdag terça-feira wtorek вторник tirsdag tisdag",
    "wednesday wed mittwoch mi mercredi miércoles mercoledì woensdag quarta-feira środa среду onsdag",
    "thursday thu thur thurs donnerstag do jeudi jueves giovedì donderdag quinta-feira czwartek четверг torsdag",
    "friday fri freitag fr vendredi viernes venerdì vrijdag sexta-feira piątek пятницу fredag",
    "saturday sat samstag sonnabend sa samedi sábado sabato zaterdag sobota субботу lørdag lördag",
    "sunday sun sonntag so dimanche domingo domenica zondag niedziela воскресенье søndag söndag",
)

MONTHS = {word: number for number, line in enumerate(_MONTHS, 1) for word in line.split()}
WEEKDAYS = {word: number for number, line in enumerate(_WEEKDAYS) for word in line.split()}

# Two letters mean a day only behind a word that asks for one: “ab Mo”, not “so”.
LONG_WEEKDAYS = {word: number for word, number in WEEKDAYS.items() if len(word) > 2}
