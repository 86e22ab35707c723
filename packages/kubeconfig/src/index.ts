/** One context of a kubeconfig, as it is in the file. */

export {
  type KubeconfigContext,
  type KubeconfigFields,
  decodeData,
  findContext,
} from './findContext';
