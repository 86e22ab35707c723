export { ByteCollector, joinChunks } from './ByteCollector';
export { type JsonLimits } from './JsonScan';
export { parseJson, parseJsonInTurns } from './parseJson';
export { AnswerTooLargeError, readBody, readBodyStart } from './readBody';
export { Turns } from './Turns';
export { writeJson } from './writeJson';
