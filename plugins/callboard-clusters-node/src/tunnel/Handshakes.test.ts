import { Handshakes } from './Handshakes';

describe('Handshakes', () => {
  const open = (handshakes: Handshakes, ended: string[]) => (name: string) =>
    handshakes.begin(name.split('/')[0], () => void ended.push(name));

  it('ends the oldest of the address that has the most for a new one', () => {
    const handshakes = new Handshakes(4);
    const ended: string[] = [];
    const begin = open(handshakes, ended);
    const names = ['site/1', 'flood/1', 'flood/2', 'site/2', 'flood/3'];
    const all = names.map(begin);
    expect(ended).toEqual(['site/1']); // two of each: the oldest of all
    begin('site/3');
    expect(ended).toEqual(['site/1', 'flood/1']);
    expect(handshakes.size).toBe(4);
    all.forEach(one => one.settle());
    expect(handshakes.size).toBe(1);
  });

  it('counts a handshake that is settled twice once', () => {
    const handshakes = new Handshakes(4);
    const one = handshakes.begin('site', () => {});
    one.settle('edge-1');
    one.settle();
    expect(handshakes.size).toBe(0);
    expect(one.cluster).toBe('edge-1');
  });
});
