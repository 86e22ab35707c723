export { type SecretRef, SecretText } from './SecretText';
export {
  type PlaceholderFault,
  type PlaceholderScope,
  type Resolved,
  type ResolvedPiece,
  listReferences,
  resolvePieces,
  resolvePlaceholders,
} from './resolvePlaceholders';
export { scanPlaceholders } from './scanPlaceholders';
export { splitReference } from './splitReference';
