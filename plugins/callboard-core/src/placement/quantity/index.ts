export {
  add,
  approximate,
  compareQuantities,
  milliValueOf,
  parseQuantity,
  type Quantity,
  scaleQuantity,
  subtract,
  valueOf,
} from './parseQuantity';
