import {
  type KubeObject,
  refKey,
  refOf,
} from '@callboard/plugin-callboard-common';
import { findRouteUrls } from './findRouteUrls';
import type { ObservedObject } from './types';

const HTTP_ROUTE: KubeObject = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'shop-web', namespace: 'shop--prod' },
  spec: {
    hostnames: ['shop.example.com', '*.shops.example.com'],
    rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }] }],
  },
};
const INGRESS: KubeObject = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'shop-api', namespace: 'shop--prod' },
  spec: {
    rules: [{ host: 'shop.example.com', http: { paths: [{ path: '/api' }] } }],
  },
};

function seen(status: 'Healthy' | 'Progressing', ...objects: KubeObject[]) {
  return new Map(
    objects.map(object => [
      refKey(refOf(object)),
      {
        ref: refOf(object),
        health: { status, reason: 'Ready', message: '' },
        terminating: false,
        drift: [],
      } satisfies ObservedObject,
    ]),
  );
}

it('finds the names of routes that are taken, by HTTPS where the gateway speaks it', () => {
  const objects = [HTTP_ROUTE, INGRESS];
  const taken = seen('Healthy', ...objects);
  expect(findRouteUrls({ objects }, taken)).toEqual([
    'http://shop.example.com',
    'http://shop.example.com/api',
  ]);
  expect(findRouteUrls({ objects, isGatewayTls: true }, taken)[0]).toBe(
    'https://shop.example.com',
  );
  const secure = {
    ...INGRESS,
    spec: {
      ...(INGRESS.spec as object),
      tls: [{ hosts: ['shop.example.com'] }],
    },
  };
  expect(findRouteUrls({ objects: [secure] }, taken)).toEqual([
    'https://shop.example.com/api',
  ]);
});

it('finds nothing of routes that nobody takes, and of what is no route', () => {
  const objects = [HTTP_ROUTE, INGRESS];
  expect(findRouteUrls({ objects }, seen('Progressing', ...objects))).toEqual(
    [],
  );
  expect(findRouteUrls({ objects }, new Map())).toEqual([]);
  const other = { ...INGRESS, apiVersion: 'example.com/v1' };
  expect(findRouteUrls({ objects: [other] }, seen('Healthy', other))).toEqual(
    [],
  );
});
