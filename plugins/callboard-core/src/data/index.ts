export {
  type DataFacts,
  commandToDelete,
  commandToDeleteOnly,
  describeData,
  describeUnasked,
} from './describeData';
export { type AppData, findData, mayHoldData } from './findData';
