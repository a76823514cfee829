"""Words of other languages: {{lang-pl|Bitwa}} shows "Polish: Bitwa"."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

NAMES: Final = MappingProxyType(
    dict(
        row.split(" ", 1)
        for row in """am Amharic
ar Arabic
az Azerbaijani
be Belarusian
bg Bulgarian
bn Bengali
bs Bosnian
ca Catalan
ckb Central Kurdish
cs Czech
cy Welsh
da Danish
de German
el Greek
grc Ancient Greek
es Spanish
et Estonian
eu Basque
fa Persian
fi Finnish
fr French
ga Irish
gd Scottish Gaelic
he Hebrew
hi Hindi
hr Croatian
hu Hungarian
hy Armenian
id Indonesian
is Icelandic
it Italian
ja Japanese
ka Georgian
kk Kazakh
km Khmer
ko Korean
ku Kurdish
la Latin
lo Lao
lt Lithuanian
lv Latvian
mk Macedonian
mn Mongolian
mr Marathi
my Burmese
ne Nepali
nl Dutch
no Norwegian
pa Punjabi
pl Polish
ps Pashto
pt Portuguese
ro Romanian
ru Russian
sh Serbo-Croatian
sk Slovak
sl Slovene
sq Albanian
sr Serbian
sv Swedish
sw Swahili
ta Tamil
th Thai
ti Tigrinya
tl Tagalog
tr Turkish
uk Ukrainian
ur Urdu
uz Uzbek
vi Vietnamese
yi Yiddish
zh Chinese""".splitlines()
    )
)
"""Names of languages in English, by their BCP 47 tags."""
