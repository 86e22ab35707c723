export { checkProvisioners } from './checkProvisioners';
export { compileProvisioner } from './compileProvisioner';
