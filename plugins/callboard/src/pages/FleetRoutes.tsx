import { Route, Routes } from 'react-router-dom';
import { AddClusterPage } from './AddClusterPage/AddClusterPage';
import { ClusterPage } from './ClusterPage/ClusterPage';
import { FleetPage } from './FleetPage/FleetPage';
import { JoinPage } from './JoinPage/JoinPage';
import { NotFoundPage } from './NotFound/NotFoundPage';

/** Routes below `/callboard`, without the apps. */
export function FleetRoutes(): JSX.Element {
  return (
    <Routes>
      <Route path="/" element={<FleetPage />} />
      <Route path="/add-cluster" element={<AddClusterPage />} />
      <Route path="/clusters/:cluster" element={<ClusterPage />} />
      <Route path="/clusters/:cluster/join" element={<JoinPage />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
