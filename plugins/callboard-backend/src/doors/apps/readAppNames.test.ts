import { ConfigReader } from '@backstage/config';
import { readAppNames } from './readAppNames';

function read(
  baseUrl: string,
  playground: { enabled?: boolean; appDomain?: string } = { enabled: true },
) {
  return readAppNames(
    new ConfigReader({ backend: { baseUrl }, callboard: { playground } }),
  );
}

const shop = { app: 'shop', environment: 'dev' };

describe('readAppNames', () => {
  it('gives apps of a playground on this machine names at its port', () => {
    const names = read('http://localhost:7123');
    expect(names?.urlOf(shop)).toBe('http://shop.dev.localhost:7123');
    expect(names?.isLocal).toBe(true);
    expect(names?.find('shop.dev.localhost:7123')).toEqual(shop);
    expect(names?.find('Shop.Dev.LocalHost')).toEqual(shop);
  });

  it.each([
    undefined,
    '',
    'localhost:7007',
    'dev.localhost:7007',
    'a.shop.dev.localhost',
    'shop.dev.localhost.evil.example',
    'shop.dev.evil.example',
    '-shop.dev.localhost',
    'shop..localhost',
  ])('takes %p for no app', host => {
    expect(read('http://localhost:7007')?.find(host)).toBeUndefined();
  });

  it('gives none where nobody could resolve them, and none without a playground', () => {
    expect(read('https://portal.example.com')).toBeUndefined();
    expect(read('http://localhost:7007', {})).toBeUndefined();
  });

  it('takes a domain that leads to the portal', () => {
    const names = read('https://portal.example.com', {
      enabled: true,
      appDomain: 'apps.example.com',
    });
    expect(names?.urlOf(shop)).toBe('https://shop.dev.apps.example.com');
    expect(names?.isLocal).toBe(false);
    expect(names?.find('shop.devXapps.example.com')).toBeUndefined();
  });

  it('refuses a domain that is none', () => {
    expect(() =>
      read('http://localhost:7007', {
        enabled: true,
        appDomain: 'http://apps.example.com',
      }),
    ).toThrow('callboard.playground.appDomain: "http://apps.example.com"');
  });
});
