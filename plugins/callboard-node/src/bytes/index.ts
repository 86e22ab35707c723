export { ByteCollector, joinChunks } from './ByteCollector';
export { type JsonLimits } from './JsonScan';
export { parseJson, parseJsonInTurns } from './parseJson';
export { Turns } from './Turns';
export { writeJson } from './writeJson';
