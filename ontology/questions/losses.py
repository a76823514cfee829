# %% [markdown]
# # Who says that what was lost?
#
# Asks a battlegraph endpoint for every figure of a loss and puts the claimants side by side.
# Nothing is added up: figures of one claimant may overlap, and the last part says which.
# A figure that no claimant gives is a dash; blank, lost and unspecified are told in words, and none of them is zero.

# %%
from urllib.parse import urlencode

import pandas as pd

ENDPOINT = "https://w3id.org/battlegraph/sparql"


def ask(query: str) -> pd.DataFrame:
    """Return the rows of a SELECT query."""
    address = f"{ENDPOINT}?{urlencode({'query': query, 'format': 'csv'})}"
    return pd.read_csv(address, dtype=str, keep_default_na=False)


# %% [markdown]
# ## Every claim of a loss

# %%
claims = ask("""
PREFIX bg: <https://w3id.org/battlegraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?claim ?sufferer ?what ?effect ?claimant ?status ?fewest ?most ?words WHERE {
  ?claim a bg:LossClaim ;
    bg:lossOf/rdfs:label ?sufferer ;
    bg:accordingTo/rdfs:label ?claimant ;
    bg:valueStatus/rdfs:label ?status ;
    bg:lexical ?words .
  OPTIONAL { ?claim bg:lossType/rdfs:label ?what }
  OPTIONAL { ?claim bg:effect/rdfs:label ?effect }
  OPTIONAL { ?claim bg:minCount ?fewest }
  OPTIONAL { ?claim bg:maxCount ?most }
}
ORDER BY ?sufferer ?what ?effect ?claimant
""")


def figure(claim: pd.Series) -> str:
    """Return what a claim says of the number, no more precise than the claim."""
    if not claim.fewest:
        return claim.status
    if not claim.most:
        return f"at least {claim.fewest}"
    return claim.fewest if claim.fewest == claim.most else f"{claim.fewest} to {claim.most}"


claims["figure"] = claims.apply(figure, axis=1)

# %% [markdown]
# ## The claimants side by side

# %%
table = claims.pivot_table(
    index=["sufferer", "what", "effect"], columns="claimant", values="figure", aggfunc="; ".join, fill_value="-"
)
print(table.to_string(), end="\n\n")

# %% [markdown]
# ## Figures that may count the same things twice

# %%
overlaps = ask("""
PREFIX bg: <https://w3id.org/battlegraph/ontology#>

SELECT ?words ?otherWords WHERE {
  ?claim bg:mayOverlapWith ?other ; bg:lexical ?words .
  ?other bg:lexical ?otherWords .
  FILTER (STR(?claim) < STR(?other))
}
ORDER BY ?words ?otherWords
""")
for overlap in overlaps.itertuples():
    print(f"“{overlap.words}” may overlap with “{overlap.otherWords}”")
