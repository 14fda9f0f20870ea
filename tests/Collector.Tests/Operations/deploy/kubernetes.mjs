// node kubernetes.mjs <folder>: says what in its manifests Kubernetes would refuse, pass over in silence, or look for and not find.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';

const folder = process.argv[2];
const parsed = Object.fromEntries(readdirSync(folder).filter((file) => file.endsWith('.yaml')).map((file) => [file, parse(file)]));
const { 'kustomization.yaml': kustomization, ...manifests } = parsed;
for (const [file, manifest] of Object.entries(manifests)) {
  await validate(file, manifest);
}

const { Deployment, Service, Ingress, PodDisruptionBudget, HorizontalPodAutoscaler, NetworkPolicy, Secret, Namespace } =
  Object.fromEntries(Object.values(manifests).map((manifest) => [manifest.kind, manifest]));
const pod = Deployment.spec.template;
const [container] = pod.spec.containers;

// Names are all that holds these files together.
same('what is applied', kustomization.resources.toSorted(), Object.keys(manifests).filter((file) => !file.includes('.example.')).toSorted());
same('the namespace', [kustomization.namespace, Secret.metadata.namespace], Array(2).fill(Namespace.metadata.name));
for (const selector of [
  Deployment.spec.selector.matchLabels,
  Service.spec.selector,
  PodDisruptionBudget.spec.selector.matchLabels,
  NetworkPolicy.spec.podSelector.matchLabels,
  ...pod.spec.topologySpreadConstraints.map((constraint) => constraint.labelSelector.matchLabels),
]) {
  same('a selector', selector, pod.metadata.labels);
}

const { apiVersion, kind, metadata } = Deployment;
same('what is scaled', HorizontalPodAutoscaler.spec.scaleTargetRef, { apiVersion, kind, name: metadata.name });
same('the secret', container.envFrom, [{ secretRef: { name: Secret.metadata.name } }]);
same('the image', kustomization.images[0].name, container.image);
const { service } = Ingress.spec.rules[0].http.paths[0].backend;
same('the backend', service, { name: Service.metadata.name, port: { name: Service.spec.ports[0].name } });
for (const port of [
  Service.spec.ports[0].targetPort,
  NetworkPolicy.spec.ingress[0].ports[0].port,
  ...['startupProbe', 'livenessProbe', 'readinessProbe'].map((probe) => container[probe].httpGet.port),
]) {
  same('a port', port, container.ports[0].name);
}

function parse(file) {
  const document = parseDocument(readFileSync(join(folder, file), 'utf8'));
  document.errors.forEach((error) => wrong(file, error.message));
  return document.toJS();
}

// The schemas let members pass that they do not know, and a misspelt one would do nothing. But whatever they know, they read.
async function validate(file, manifest) {
  const { [manifest.kind]: model } = await import(`kubernetes-models/${manifest.apiVersion}`);
  const unread = new Set();
  try {
    model.prototype.validate.call(watched(manifest, '', unread));
  } catch (error) {
    wrong(file, error.message);
  }

  unread.forEach((path) => wrong(file, `${path} is unknown`));
}

function watched(value, path, unread) {
  if (value === null || typeof value !== 'object') {
    return value;
  }

  for (const key of Object.keys(value)) {
    unread.add(`${path}/${key}`);
  }

  return new Proxy(value, {
    get(target, key) {
      unread.delete(`${path}/${String(key)}`);
      return watched(target[key], `${path}/${String(key)}`, unread);
    },
  });
}

function same(what, one, other) {
  if (JSON.stringify(one) !== JSON.stringify(other)) {
    wrong(what, `${JSON.stringify(one)} is not ${JSON.stringify(other)}`);
  }
}

function wrong(where, what) {
  console.log(`${where}: ${what}`);
}
