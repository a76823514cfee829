"""Short names that templates of flags take for countries: {{flag|USA}} shows "United States".

After the aliases of Template:Country data; those that battle articles use.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

COUNTRIES: Final = MappingProxyType(
    {
        code: name
        for name, codes in (
            ("Afghanistan", "AFG"),
            ("Armenia", "ARM"),
            ("Australia", "AUS"),
            ("Austria-Hungary", "AUH"),
            ("Azerbaijan", "AZE"),
            ("Belgium", "BEL"),
            ("Bulgaria", "BUL BGR"),
            ("Canada", "CAN"),
            ("China", "CHN PRC"),
            ("Confederate States", "CSA"),
            ("Croatia", "CRO HRV"),
            ("East Germany", "GDR DDR"),
            ("Egypt", "EGY"),
            ("Finland", "FIN"),
            ("France", "FRA"),
            ("Georgia", "GEO"),
            ("Germany", "GER DEU"),
            ("Greece", "GRE GRC"),
            ("Hungary", "HUN"),
            ("India", "IND"),
            ("Iran", "IRI IRN"),
            ("Iraq", "IRQ"),
            ("Israel", "ISR"),
            ("Italy", "ITA"),
            ("Japan", "JPN"),
            ("Jordan", "JOR"),
            ("Lebanon", "LBN LIB"),
            ("Netherlands", "NED NLD"),
            ("New Zealand", "NZL"),
            ("North Korea", "PRK DPRK"),
            ("Norway", "NOR"),
            ("Pakistan", "PAK"),
            ("Poland", "POL"),
            ("Romania", "ROU ROM"),
            ("Russia", "RUS"),
            ("Saudi Arabia", "KSA SAU"),
            ("Serbia", "SRB"),
            ("South Africa", "RSA ZAF"),
            ("South Korea", "KOR ROK"),
            ("Soviet Union", "USSR URS SUN"),
            ("Spain", "ESP"),
            ("Sweden", "SWE"),
            ("Syria", "SYR"),
            ("Taiwan", "ROC TWN"),
            ("Turkey", "TUR"),
            ("Ukraine", "UKR"),
            ("United Arab Emirates", "UAE ARE"),
            ("United Kingdom", "UK GBR"),
            ("United States", "USA US"),
            ("Vietnam", "VIE VNM"),
            ("Yemen", "YEM"),
            ("Yugoslavia", "YUG"),
        )
        for code in codes.split()
    }
)
"""What each shows, and whose page it links to."""
