export { formatCpu, formatMemory } from './formatAmounts';
export {
  type Nanos,
  parseQuantity,
  toThousandths,
  toUnits,
} from './parseQuantity';
export { parseCpu, parseMemory } from './readAmounts';
