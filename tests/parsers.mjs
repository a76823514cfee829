// Reads RDF with one of npm's parsers and prints, as JSON, how many statements it found and
// the SHA-256 of their canonical form (RDFC-1.0 by rdf-canonize). Called by tests/independent.py:
//   node tests/parsers.mjs FOLDER PARSER MEDIA-TYPE FILE      FOLDER holds node_modules

import {createHash} from 'node:crypto';
import {createReadStream, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {pathToFileURL} from 'node:url';

const [folder, parser, mediaType, file] = process.argv.slice(2);
const {resolve} = createRequire(`${folder}/package.json`);
const load = async (name) => {
  const found = await import(pathToFileURL(resolve(name)));
  return found.default ?? found;
};

const READERS = {
  async n3() {
    const {Parser} = await load('n3');
    // A format by its name makes the parser refuse what only another one allows.
    return new Parser({format: mediaType}).parse(readFileSync(file, 'utf8'));
  },
  async jsonld() {
    const {toRDF} = await load('jsonld');
    const documentLoader = (url) => {
      throw new Error(`the document asks for ${url}`);
    };
    return toRDF(JSON.parse(readFileSync(file, 'utf8')), {documentLoader, safe: true});
  },
  async 'rdfxml-streaming-parser'() {
    const {RdfXmlParser} = await import(pathToFileURL(resolve('rdfxml-streaming-parser')));
    const quads = [];
    for await (const quad of createReadStream(file).pipe(new RdfXmlParser({baseIRI: 'http://example.org/'}))) {
      quads.push(quad);
    }
    return quads;
  },
};

const quads = await READERS[parser]();
const {canonize} = await import(pathToFileURL(resolve('rdf-canonize')));
const canonical = await canonize(quads, {algorithm: 'RDFC-1.0'});
const sha256 = createHash('sha256').update(canonical).digest('hex');
console.log(JSON.stringify({count: quads.length, sha256}));
