export { buildDockerfile } from './buildDockerfile';
export {
  BuildkitClient,
  type BuiltDockerfile,
  type DockerfileBuild,
} from './BuildkitClient';
export { type BuildkitAddress, checkBuildkitAddress } from './BuildkitAddress';
