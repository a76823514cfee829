"""Queries about which graphs are meant, and about what engines differ in, for tests over several stores."""

from __future__ import annotations

from typing import Final

from graph.queries import questions

_PREFIXES: Final = """PREFIX bg: <https://w3id.org/battlegraph/ontology#>
PREFIX g: <https://w3id.org/battlegraph/graph/>
PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
GRAPHS: Final = "https://w3id.org/battlegraph/graph/"

_BODIES: Final = {
    "FROM": "SELECT * FROM g:entities { ?s ?p ?o }",
    "FROM twice": "SELECT ?s ?p ?o FROM g:entities FROM g:gaps { ?s ?p ?o }",
    "FROM nothing there": "SELECT * FROM <http://example.org/none> { ?s ?p ?o }",
    "FROM NAMED": "SELECT ?g (COUNT(*) AS ?n) FROM NAMED g:entities FROM NAMED g:gaps { GRAPH ?g { ?s "
    "?p ?o } } GROUP BY ?g",
    "FROM NAMED, default graph": "SELECT * FROM NAMED g:entities { ?s ?p ?o }",
    "FROM NAMED, another graph": "SELECT * FROM NAMED g:gaps { GRAPH g:entities { ?s ?p ?o } }",
    "FROM and FROM NAMED": "SELECT ?s ?g FROM g:entities FROM NAMED g:anchors { ?s a ?c . GRAPH ?g { ?s ?p ?o } }",
    "GRAPH name": "SELECT * { GRAPH g:entities { ?s a ?c } }",
    "GRAPH iri": f"SELECT * {{ GRAPH <{GRAPHS}entities> {{ ?s a ?c }} }}",
    "GRAPH nothing there": "SELECT * { GRAPH <http://example.org/none> { ?s a ?c } }",
    "GRAPH of the store's own": "SELECT * { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), 'urn:')) }",
    "GRAPH variable": "SELECT * { GRAPH ?g { ?s a bg:Person } }",
    "GRAPH variable, counted": "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY DESC(?n) ?g",
    "GRAPH variable, all": "SELECT ?g { GRAPH ?g {} }",
    "GRAPH variable, described": "SELECT ?g ?d { GRAPH ?g { ?s a bg:Person } ?g <http://purl.org/dc/terms/description> "
    "?d }",
    "GRAPH variable, as text": "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?g), 'viewpoint')) }",
    "GRAPH variables": "SELECT DISTINCT ?s ?g ?h { GRAPH ?g { ?s a bg:Person } GRAPH ?h { ?s ?p ?o } }",
    "GRAPH variable twice": "SELECT DISTINCT ?s { GRAPH ?g { ?s a ?c } GRAPH ?g { ?o ?p ?s } }",
    "GRAPH variable bound": "SELECT * { VALUES ?g { g:gaps <http://example.org/none> } GRAPH ?g { ?s a ?c } }",
    "GRAPH variable, OPTIONAL": "SELECT * { VALUES ?g { g:gaps <http://example.org/none> } OPTIONAL { GRAPH ?g { ?s a "
    "?c } } }",
    "GRAPH variable in its pattern": "SELECT * { GRAPH ?g { ?g ?p ?o } }",
    "GRAPH in GRAPH": "SELECT ?s ?g { GRAPH g:entities { ?s a ?c GRAPH ?g { ?x ?p ?s } } }",
    "sub-SELECT": "SELECT * { { SELECT ?s (COUNT(*) AS ?n) { GRAPH ?g { ?s a ?c } } GROUP BY ?s } FILTER(?n > 1) }",
    "sub-SELECT *": "SELECT * { { SELECT * { GRAPH ?g { ?s a bg:Person } } } ?s a ?c }",
    "EXISTS": "SELECT ?s { ?s a bg:Person FILTER EXISTS { GRAPH ?g { ?s skos:prefLabel ?l } } }",
    "NOT EXISTS": "SELECT ?s { ?s a bg:Person FILTER NOT EXISTS { GRAPH g:anchors { ?s ?p ?l } } }",
    "EXISTS in the default graph": "SELECT ?s { GRAPH g:entities { ?s a ?c } FILTER EXISTS { ?s bg:anchor ?a } }",
    "EXISTS in SELECT": "SELECT ?s (EXISTS { GRAPH g:crosslinks { ?s ?p ?o } } AS ?e) { ?s a bg:Person }",
    "HAVING": "SELECT ?s (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?s HAVING(COUNT(*) > 1)",
    "MINUS": "SELECT ?s { ?s a ?c MINUS { GRAPH g:entities { ?s a ?c } } }",
    "MINUS with GRAPH variable": "SELECT * { GRAPH ?g { ?s a ?c } MINUS { GRAPH ?g { ?s bg:anchor ?a } } }",
    "UNION": "SELECT * { { GRAPH ?g { ?s a bg:Person } } UNION { ?s a bg:Place } }",
    "path ^ +": "SELECT * { bg:Claim ^rdfs:subClassOf+ ?c }",
    "path +, both ends open": "SELECT * { ?a rdfs:subClassOf+ ?c }",
    "path *": "SELECT * { bg:TitleClaim rdfs:subClassOf* ?c }",
    "path * in GRAPH": "SELECT * { GRAPH g:ontology { bg:TitleClaim rdfs:subClassOf* ?c } }",
    "path /": "SELECT * { ?s bg:anchor/oa:hasSelector/oa:exact ?w }",
    "path |": "SELECT * { ?s (skos:prefLabel|rdfs:label) ?w }",
    "path ?": "SELECT * { bg:TitleClaim rdfs:subClassOf? ?c }",
    "path !": "SELECT (COUNT(*) AS ?n) { ?s !(rdfs:label|rdfs:subClassOf) ?c }",
    "truth value": "SELECT * { ?s bg:anchoredInText true }",
    "truth value of any property": "SELECT ?s ?p { ?s ?p true }",
    "truth values": "SELECT DISTINCT ?b { ?s ?p ?b FILTER(datatype(?b) = xsd:boolean) }",
    "truth value in FILTER": "SELECT ?s ?b { ?s ?p ?b FILTER(isLiteral(?b) && datatype(?b) = xsd:boolean && ?b) }",
    "geometry": "SELECT * { ?s geo:asWKT ?w }",
    "geometry by datatype": "SELECT ?s { ?s ?p ?w FILTER(datatype(?w) = geo:wktLiteral) }",
    "geometry as text": "SELECT (STR(?w) AS ?t) { ?s geo:asWKT ?w }",
    "duration": "SELECT * { ?s ?p ?d FILTER(datatype(?d) = xsd:duration) }",
    "datatype as a term": "SELECT ?s { ?s ?p geo:wktLiteral }",
    "dates": "SELECT ?s ?d { ?s ?p ?d FILTER(datatype(?d) = xsd:date && ?d > '2020-10-10'^^xsd:date) }",
    "dates, ordered": "SELECT ?d { ?s ?p ?d FILTER(datatype(?d) = xsd:date) } ORDER BY DESC(?d) LIMIT 5",
    "SUM, MIN, MAX": "SELECT ?c (SUM(?n) AS ?t) (MIN(?n) AS ?i) (MAX(?n) AS ?m) { ?s a ?c ; ?p ?n "
    "FILTER(datatype(?n) = xsd:integer) } GROUP BY ?c",
    "AVG": "SELECT (AVG(?n) AS ?a) { VALUES ?n { 1 2 2 } }",
    "GROUP_CONCAT": "SELECT (GROUP_CONCAT(DISTINCT ?l; SEPARATOR='|') AS ?x) { bg:Claim rdfs:label ?l }",
    "LANG": "SELECT ?l { ?s skos:prefLabel ?l FILTER(LANG(?l) = 'hy') }",
    "LANGMATCHES": "SELECT ?l { ?s skos:prefLabel ?l FILTER(LANGMATCHES(LANG(?l), 'az')) }",
    "text in a language": "SELECT ?s { ?s skos:prefLabel 'Hadrut'@en }",
    "strings": "SELECT (STRLEN(?l) AS ?n) (UCASE(?l) AS ?u) (SUBSTR(STR(?l), 2, 3) AS ?t) { bg:Claim rdfs:label ?l }",
    "REGEX": "SELECT ?l { ?s rdfs:label ?l FILTER(REGEX(?l, '^cl', 'i')) }",
    "sum of numbers": "SELECT ?x { BIND(1 + 2 AS ?x) }",
    "comparison": "SELECT ?x { BIND(1 < 2 AS ?x) }",
    "division of integers": "SELECT ?x { BIND(1 / 4 AS ?x) }",
    "decimal": "SELECT ?x { BIND(1.5 AS ?x) }",
    "double": "SELECT ?x { BIND(1.5e10 AS ?x) }",
    "VALUES": "SELECT * { VALUES (?a ?b) { (1 UNDEF) ('x'@en <http://example.org/x>) } }",
    "VALUES at the end": "SELECT * { ?s a ?c } VALUES ?c { bg:Person }",
    "LIMIT and OFFSET": "SELECT DISTINCT ?c { ?s a ?c } ORDER BY ?c LIMIT 5 OFFSET 3",
    "ASK": "ASK { ?s a bg:Person }",
    "ASK, no": "ASK { ?s a bg:Nothing }",
    "ASK GRAPH": "ASK { GRAPH g:entities { ?s a bg:Person } }",
    "ASK GRAPH variable, no": "ASK { GRAPH ?g { ?s a bg:Nothing } }",
    "CONSTRUCT": "CONSTRUCT { ?s a bg:X ; ?p ?o } { ?s a bg:Person ; ?p ?o }",
    "CONSTRUCT from GRAPH variable": "CONSTRUCT { ?s ?p ?o } { GRAPH ?g { ?s ?p ?o } FILTER(?g = g:crosslinks) }",
    "CONSTRUCT of graph names": "CONSTRUCT { ?s bg:in ?g } { GRAPH ?g { ?s a bg:Person } }",
    "CONSTRUCT WHERE": "CONSTRUCT WHERE { ?s a bg:Person }",
    "CONSTRUCT everything": "CONSTRUCT WHERE { ?s ?p ?o }",
    "CONSTRUCT nothing": "CONSTRUCT WHERE { ?s a bg:Nothing }",
    "CONSTRUCT FROM": "CONSTRUCT { ?s ?p ?o } FROM g:gaps WHERE { ?s ?p ?o }",
    "DESCRIBE": "DESCRIBE <https://w3id.org/battlegraph/id/place/hadrut>",
    "DESCRIBE variable": "DESCRIBE ?s { ?s a bg:Person }",
    "DESCRIBE both": "DESCRIBE ?s bg:Claim WHERE { ?s a bg:Person }",
    "DESCRIBE from GRAPH": "DESCRIBE ?s { GRAPH g:crosslinks { ?s a ?c } }",
    "DESCRIBE *": "DESCRIBE * { ?s a bg:Person }",
    "DESCRIBE nothing there": "DESCRIBE <http://example.org/none>",
    "DESCRIBE FROM": "DESCRIBE <https://w3id.org/battlegraph/id/place/hadrut> FROM g:entities",
    "DESCRIBE without solution": "DESCRIBE bg:Claim WHERE { ?s a bg:Nothing }",
    "comment": "SELECT * { ?s a bg:Person # GRAPH ?g {\n }",
    "string with GRAPH in it": "SELECT ('GRAPH ?g { x }' AS ?x) {}",
    "wrong syntax": "SELECT * { ?s ?p }",
    "wrong group": "SELECT ?x (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s",
    "unknown function": "SELECT (<http://example.org/f>(1) AS ?x) {}",
}
QUERIES: Final = {
    **{f"question {question.name}": question.text for question in questions()},
    **{name: _PREFIXES + body for name, body in _BODIES.items()},
    "relative FROM": "BASE <https://w3id.org/battlegraph/> SELECT (COUNT(*) AS ?n) FROM <graph/entities> { ?s ?p ?o }",
}
