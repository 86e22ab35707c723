import { findHierarchies } from './findHierarchies';

const short = (text: { mounts: string; groups: string }) =>
  findHierarchies(text).map(
    ({ version, own, controls }) => `${version} ${own} ${controls.join('+')}`,
  );

it.each([
  {
    name: 'version 2 below systemd',
    mounts:
      '35 24 0:30 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n',
    groups: '0::/user.slice/user-1000.slice/user@1000.service/app.slice\n',
    expected: [
      '2 /sys/fs/cgroup/user.slice/user-1000.slice/user@1000.service/app.slice ',
    ],
  },
  {
    name: 'version 2 in a container with a name space of its own',
    mounts: '35 24 0:30 / /sys/fs/cgroup rw - cgroup2 cgroup rw\n',
    groups: '0::/\n',
    expected: ['2 /sys/fs/cgroup '],
  },
  {
    name: 'version 1, each part in a place of its own',
    mounts:
      '32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n36 31 0:33 / /sys/fs/cgroup/devices rw - cgroup cgroup rw,devices\n',
    groups: '5:devices:/\n4:memory:/job/7\n1:cpu,cpuacct:/\n',
    expected: [
      '1 /sys/fs/cgroup/cpu,cpuacct cpu',
      '1 /sys/fs/cgroup/memory/job/7 memory',
    ],
  },
  {
    name: 'version 1 in a container that sees its own part',
    mounts:
      '35 31 0:32 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n',
    groups: '4:memory:/docker/abc\n',
    expected: ['1 /sys/fs/cgroup/memory memory'],
  },
  { name: 'no groups', mounts: '', groups: '', expected: [] },
])('finds where groups may be made: $name', ({ expected, ...text }) =>
  expect(short(text)).toEqual(expected),
);
