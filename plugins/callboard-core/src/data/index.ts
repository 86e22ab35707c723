export {
  type DataFacts,
  commandToDelete,
  commandToDeleteOnly,
  describeData,
  describeKept,
  describeUnasked,
} from './describeData';
export { type AppData, findData, mayHoldData } from './findData';
