export {
  type PlaceholderFault,
  type PlaceholderScope,
  type Resolved,
  listReferences,
  resolvePlaceholders,
  splitReference,
} from './resolvePlaceholders';
