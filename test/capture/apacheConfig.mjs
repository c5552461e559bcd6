const MODULES = "/usr/lib/apache2/modules";

/** The configuration of an Apache with two workers, in a folder of its own. */
export const apacheConfig = ({ folder, logFile }, mpm, { port, refusedPort, appPort }) => `
ServerRoot ${folder}
DefaultRuntimeDir ${folder}
PidFile ${folder}/apache.pid
ErrorLog ${logFile}
LogLevel info
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
DocumentRoot ${folder}/www
${["mpm_" + mpm, "authz_core", "reqtimeout", "proxy", "proxy_http", "proxy_fcgi"].map(load).join("\n")}
Timeout 2
GracefulShutdownTimeout 5
RequestReadTimeout header=1 body=1
ServerLimit ${mpm === "prefork" ? 2 : 1}
MaxRequestWorkers 2
StartServers 1
${WORKERS[mpm]}
ProxyPass /refused/ http://127.0.0.1:${refusedPort}/
ProxyPass /web/ http://127.0.0.1:${appPort}/
ProxyPass /app/ fcgi://127.0.0.1:${appPort}/
`;

const load = (name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`;

const WORKERS = {
  prefork: "MinSpareServers 1\nMaxSpareServers 2",
  event: "ThreadsPerChild 2\nThreadLimit 2\nMinSpareThreads 1\nMaxSpareThreads 2",
};
