export { type Reach, isWithin } from './isWithin';
export {
  isLoopbackAddress,
  isNearAddress,
  isRefusedAddress,
  isSharedAddress,
} from './refuseAddress';
