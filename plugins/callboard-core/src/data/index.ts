export { type DataFacts, commandToDelete, describeData } from './describeData';
export { findData, mayHoldData } from './findData';
