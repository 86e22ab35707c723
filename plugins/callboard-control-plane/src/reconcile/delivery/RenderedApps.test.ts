import { ok } from '@callboard/plugin-callboard-common';
import type { RenderedDeployment } from './RenderedDeployment';
import { RenderedApps } from './RenderedApps';

const render = () => {
  const objects = [
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } },
  ];
  return ok({ objects } as unknown as RenderedDeployment);
};

describe('RenderedApps', () => {
  it('renders what is the same once, and what differs in anything again', () => {
    const apps = new RenderedApps();
    const spy = jest.fn(render);
    const of = { app: 'shop', release: 1, replicas: 2 };
    expect(apps.get(of, spy)).toBe(apps.get({ ...of }, spy));
    expect(spy).toHaveBeenCalledTimes(1);
    apps.get({ ...of, replicas: 3 }, spy);
    apps.get({ ...of, release: 2 }, spy);
    expect(spy).toHaveBeenCalledTimes(3);
  });

  it('keeps what was used last, two hundred at most', () => {
    const apps = new RenderedApps();
    const spy = jest.fn(render);
    for (let release = 0; release <= 200; release += 1)
      apps.get({ release }, spy);
    expect(spy).toHaveBeenCalledTimes(201);
    apps.get({ release: 200 }, spy);
    expect(spy).toHaveBeenCalledTimes(201);
    apps.get({ release: 0 }, spy);
    expect(spy).toHaveBeenCalledTimes(202);
  });

  it('lets nobody change what others get', () => {
    const rendered = new RenderedApps().get({}, render);
    if (!rendered.ok) throw new Error(rendered.problem.what);
    expect(() => {
      rendered.value.objects[0].metadata.name = 'other';
    }).toThrow(TypeError);
  });
});
