import { useApi } from '@backstage/frontend-plugin-api';
import { type CallboardApi, callboardApiRef } from '../api';

/** The API in either frontend system. */
export function useCallboardApi(): CallboardApi {
  return useApi(callboardApiRef);
}
