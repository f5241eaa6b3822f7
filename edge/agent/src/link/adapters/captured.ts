/**
 * Messages as real devices sent them, copied from public issue threads (named with each), so that the adapters are proved against what is
 * out there and not against our idea of it. Names of people and networks are not among them.
 */
export type Captured = { from: string; messages: readonly (readonly [topic: string, payload: string])[] };

const json = JSON.stringify;

/** github.com/domoticz/domoticz/issues/6025: Xiaomi WSDCGQ01LM over Zigbee2MQTT 1.33.2. The state below is built from its value templates. */
export const zigbee2mqtt: Captured = {
  from: 'domoticz/domoticz#6025',
  messages: [
    [
      'homeassistant/sensor/0x00158d0003cb2b18/humidity/config',
      '{"availability":[{"topic":"zigbee2mqtt/bridge/state"},{"topic":"zigbee2mqtt/NAS_Temperatuur1/availability"}],"availability_mode":"all","device":{"identifiers":["zigbee2mqtt_0x00158d0003cb2b18"],"manufacturer":"Xiaomi","model":"MiJia temperature & humidity sensor (WSDCGQ01LM)","name":"NAS_Temperatuur1","sw_version":"3000-0001"},"device_class":"humidity","enabled_by_default":true,"json_attributes_topic":"zigbee2mqtt/NAS_Temperatuur1","object_id":"nas_temperatuur1_humidity","origin":{"name":"Zigbee2MQTT","sw":"1.33.2","url":"https://www.zigbee2mqtt.io"},"state_class":"measurement","state_topic":"zigbee2mqtt/NAS_Temperatuur1","unique_id":"0x00158d0003cb2b18_humidity_zigbee2mqtt","unit_of_measurement":"%","value_template":"{{ value_json.humidity }}"}',
    ],
    [
      'homeassistant/sensor/0x00158d0003cb2b18/battery/config',
      '{"availability":[{"topic":"zigbee2mqtt/bridge/state"},{"topic":"zigbee2mqtt/NAS_Temperatuur1/availability"}],"availability_mode":"all","device":{"identifiers":["zigbee2mqtt_0x00158d0003cb2b18"],"manufacturer":"Xiaomi","model":"MiJia temperature & humidity sensor (WSDCGQ01LM)","name":"NAS_Temperatuur1","sw_version":"3000-0001"},"device_class":"battery","enabled_by_default":true,"entity_category":"diagnostic","state_class":"measurement","state_topic":"zigbee2mqtt/NAS_Temperatuur1","unique_id":"0x00158d0003cb2b18_battery_zigbee2mqtt","unit_of_measurement":"%","value_template":"{{ value_json.battery }}"}',
    ],
    ['zigbee2mqtt/NAS_Temperatuur1/availability', '{"state":"online"}'],
    [
      'zigbee2mqtt/NAS_Temperatuur1',
      '{"battery":7,"humidity":54.2,"linkquality":96,"power_outage_count":3,"temperature":21.4,"voltage":2785}',
    ],
  ],
};

/** github.com/arendst/Tasmota/issues/7097: Gosund SP1 with Tasmota 7.1.1 announcing to Home Assistant; SENSOR as Tasmota documents it. */
export const tasmotaToHomeAssistant: Captured = {
  from: 'arendst/Tasmota#7097',
  messages: [
    [
      'homeassistant/sensor/522851_ENERGY_Today/config',
      '{"name":"Tasmota ENERGY Today","stat_t":"~SENSOR","avty_t":"~LWT","pl_avail":"Online","pl_not_avail":"Offline","uniq_id":"522851_ENERGY_Today","device":{"identifiers":["522851"],"connections":[["mac","84:0D:8E:52:28:51"]]},"~":"tasmota01/tele/","unit_of_meas":"kWh","val_tpl":"{{value_json[\'ENERGY\'].Today}}","dev_cla":"power"}',
    ],
    ['tasmota01/tele/LWT', 'Online'],
    [
      'tasmota01/tele/SENSOR',
      '{"Time":"2019-12-09T13:43:03","ENERGY":{"TotalStartTime":"2019-12-01T10:00:00","Total":1.337,"Yesterday":0.42,"Today":0.123,"Power":12,"Voltage":228,"Current":0.057}}',
    ],
  ],
};

/** github.com/enesbcs/shellyteacher4domo/issues/42: Tasmota 13.4.0 with two DS18B20, its own discovery. */
export const tasmota: Captured = {
  from: 'enesbcs/shellyteacher4domo#42',
  messages: [
    [
      'tasmota/discovery/DC4F220756C6/config',
      '{"ip":"192.168.0.10","dn":"CV-Ruimte","fn":["Door","Relais1","Relais2","Relais3",null,null,null,null],"hn":"cv-ruimte-5830","mac":"DC4F220756C6","md":"Technische Ruimte","ty":0,"if":0,"ofln":"Offline","onln":"Online","state":["OFF","ON","TOGGLE","HOLD"],"sw":"13.4.0","t":"cv-ruimte","ft":"%prefix%/%topic%/","tp":["cmnd","stat","tele"],"rl":[1,1,1,1,0,0,0,0],"bat":0,"dslp":0,"sho":[],"sht":[],"ver":1}',
    ],
    [
      'tasmota/discovery/DC4F220756C6/sensors',
      '{"sn":{"Time":"2024-03-31T08:46:17","Switch1":"ON","DS18B20-1":{"Id":"3CCCE3810022","Temperature":18.4},"DS18B20-2":{"Id":"3CF0E381CD74","Temperature":17.7},"TempUnit":"C"},"ver":1}',
    ],
    ['tele/cv-ruimte/LWT', 'Online'],
    [
      'tele/cv-ruimte/SENSOR',
      '{"Time":"2024-03-31T08:51:17","Switch1":"OFF","DS18B20-1":{"Id":"3CCCE3810022","Temperature":18.5},"DS18B20-2":{"Id":"3CF0E381CD74","Temperature":17.6},"TempUnit":"C"}',
    ],
  ],
};

/** github.com/emsesp/EMS-ESP32/issues/1360: a boiler's gateway in ESPHome's abbreviated form. */
export const abbreviated: Captured = {
  from: 'emsesp/EMS-ESP32#1360',
  messages: [
    [
      'homeassistant/sensor/ems-esp/boiler_syspress/config',
      '{"uniq_id":"boiler_system_pressure","obj_id":"boiler_system_pressure","stat_t":"ems-esp/boiler_data","name":"System pressure","val_tpl":"{{value_json.syspress}}","unit_of_meas":"bar","stat_cla":"measurement","dev_cla":"pressure","dev":{"ids":["ems-esp-boiler"]}}',
    ],
    [
      'homeassistant/sensor/ems-esp/boiler_boiltemp/config',
      '{"uniq_id":"boiler_actual_boiler_temperature","obj_id":"boiler_actual_boiler_temperature","stat_t":"ems-esp/boiler_data","name":"Actual boiler temperature","val_tpl":"{{value_json.boiltemp}}","unit_of_meas":"°C","stat_cla":"measurement","dev_cla":"temperature","dev":{"ids":["ems-esp-boiler"]}}',
    ],
    ['ems-esp/boiler_data', '{"syspress":1.5,"boiltemp":48.3}'],
  ],
};

/** The device-based layout of Home Assistant 2024.11 and later, as its documentation gives it for one device with two components. */
export const deviceBased: Captured = {
  from: 'Home Assistant documentation, MQTT, device discovery payload',
  messages: [
    [
      'homeassistant/device/0AFFD2/config',
      json({
        dev: { ids: 'ea334450945afc', name: 'Kitchen', mf: 'Bla electronics', mdl: 'xya', sw: '1.0', sn: 'ea334450945afc', hw: '1.0rev2' },
        o: { name: 'bla2mqtt', sw: '2.1', url: 'https://bla2mqtt.example.com/support' },
        cmps: {
          some_unique_component_id1: {
            p: 'sensor',
            device_class: 'temperature',
            unit_of_measurement: '°F',
            value_template: '{{ value_json.temperature}}',
            unique_id: 'temp01ae_t',
          },
          some_unique_id2: {
            p: 'binary_sensor',
            device_class: 'moisture',
            value_template: "{{ 'ON' if value_json.leak else 'OFF' }}",
            unique_id: 'leak01',
          },
        },
        state_topic: 'sensorBedroom/state',
        qos: 2,
      }),
    ],
    ['sensorBedroom/state', '{"temperature":68,"leak":true}'],
  ],
};

/** github.com/iobroker-community-adapters/ioBroker.shelly/issues/438 (Plus 1 PM) and /1592 (1PM Mini Gen3 with a prefix of its owner's). */
export const shelly: Captured = {
  from: 'iobroker-community-adapters/ioBroker.shelly#438, #1592',
  messages: [
    [
      'shellyplus1pm-a8032abe2f18/events/rpc',
      '{"src":"shellyplus1pm-a8032abe2f18","dst":"shellyplus1pm-a8032abe2f18/events","method":"NotifyStatus","params":{"ts":1632666420.17,"switch:0":{"id":0,"aenergy":{"by_minute":[0.000,0.000,0.000],"minute_ts":1632666418,"total":0.000}}}}',
    ],
    ['shellyplus1pm-a8032abe2f18/status/input:0', '{"id":0,"state":null}'],
    [
      'shellyplus1pm-a8032abe2f18/status/switch:0',
      '{"id": 0, "source": "init", "output": false, "apower": 0.000, "voltage": 240.873,"aenergy": {"total":0.000,"by_minute":[0.000,0.000,0.000],"minute_ts":1632666538},"temperature":{"tC":46.2, "tF":115.1}}',
    ],
    [
      'ShellyLichtGarten/events/rpc',
      '{"src":"shelly1pmminig3-e4b323133734","dst":"ShellyLichtGarten/events","method":"NotifyStatus","params":{"ts":1788945300.02,"switch:0":{"counts":{"on_above_thr":0,"on_time":241680,"switch_on":192}}}}',
    ],
    [
      'ShellyLichtGarten/status/switch:0',
      '{"id":0,"source":"SHC","tag":null, "output":false, "apower":0.0, "voltage":238.3, "freq":50.0, "current":0.000, "aenergy":{"total":2690.730,"by_minute":[0.000,0.000,0.000],"minute_ts":1788945300}, "temperature":{"tC":56.1, "tF":132.9}}',
    ],
  ],
};

/** github.com/enoch85/ovms-home-assistant/issues/164 (values), openvehicles/Open-Vehicle-Monitoring-System-3#213 (topic form). */
export const ovms: Captured = {
  from: 'enoch85/ovms-home-assistant#164, openvehicles/Open-Vehicle-Monitoring-System-3#213',
  messages: [
    ['ovms/user/EL12345/metric/s/v3/connected', 'yes'],
    ['ovms/user/EL12345/metric/v/b/12v/voltage', '12.62V'],
    ['ovms/user/EL12345/metric/v/b/12v/current', '0A'],
    ['ovms/user/EL12345/metric/v/b/soc', '62.5'],
    ['ovms/user/EL12345/metric/m/hardware', 'OVMS WIFI BLE BT cores=2 rev=ESP32/3; MODEM'],
  ],
};

/** github.com/meatpiHQ/wican-fw/discussions/69: frames of an ORA Funky Cat; the OBD-II answers are ISO 15031-5's own layout. */
export const wican: Captured = {
  from: 'meatpiHQ/wican-fw discussion 69',
  messages: [
    ['wican/dc5475934095/can/status', '{"status":"online"}'],
    [
      'wican/dc5475934095/can/rx',
      '{"bus":"0","type":"rx","ts":21782,"frame":[{"id":1995,"dlc":8,"rtr":false,"extd":false,"data":[5,98,3,8,2,69,204,204]}]}',
    ],
    [
      'wican/dc5475934095/can/rx',
      '{"bus":"0","type":"rx","ts":21990,"frame":[{"id":2024,"dlc":8,"rtr":false,"extd":false,"data":[4,65,12,26,248,204,204,204]}]}',
    ],
    [
      'wican/dc5475934095/can/rx',
      '{"bus":"0","type":"rx","ts":22001,"frame":[{"id":2024,"dlc":8,"rtr":false,"extd":false,"data":[6,67,2,1,51,3,1,204]}]}',
    ],
    ['wican/dc5475934095/autopid', '{"SOC":58.1}'],
  ],
};

export const everyCaptured = [zigbee2mqtt, tasmotaToHomeAssistant, tasmota, abbreviated, deviceBased, shelly, ovms, wican];
