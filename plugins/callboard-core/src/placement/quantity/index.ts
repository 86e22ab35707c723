export { canonicalQuantity } from './canonicalQuantity';
export {
  add,
  approximate,
  isPlain,
  compareQuantities,
  milliValueOf,
  parseQuantity,
  type Quantity,
  scaleQuantity,
  subtract,
  valueOf,
} from './parseQuantity';
