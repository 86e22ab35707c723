export { formatCpu, formatMemory } from './formatAmounts';
export { parsePercent } from './parsePercent';
export {
  type Nanos,
  parseQuantity,
  toThousandths,
  toUnits,
} from './parseQuantity';
export { parseCpu, parseMemory } from './readAmounts';
