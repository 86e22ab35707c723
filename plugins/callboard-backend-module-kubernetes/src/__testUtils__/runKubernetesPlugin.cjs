// A backend with nothing but Backstage's Kubernetes plugin, from a folder in
// which that is installed: node runKubernetesPlugin.cjs FOLDER --config FILE
const { createRequire } = require('node:module');
const { join } = require('node:path');

const load = createRequire(join(process.argv[2], 'package.json'));
const { createBackend } = load('@backstage/backend-defaults');
const backend = createBackend();
backend.add(load('@backstage/plugin-kubernetes-backend'));
backend.start();
process.stdin.resume().on('end', () => process.exit(0)); // ends with who started it
