export {
  type Field,
  type ListSchema,
  type MapSchema,
  type ScalarSchema,
  type Schema,
  type StructSchema,
} from './Schema';
export { allDefinitions, definitionNameOf, schemaOf } from './schemaOf';
