import type { KindStrategy } from '../registry/KindStrategy';

export const endpointsStrategy: KindStrategy = {
  requestWarnings: [
    'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  ],
};
