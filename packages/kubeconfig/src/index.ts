/** One context of a kubeconfig, as it is written. */

export {
  type KubeconfigContext,
  type KubeconfigFields,
  decodeData,
  findContext,
} from './findContext';
